using Microsoft.Extensions.Options;

namespace RagCaching.VectorStores;

[OptionsValidator]
internal sealed partial class InMemoryVectorStoreOptionsValidator : IValidateOptions<InMemoryVectorStoreOptions>;

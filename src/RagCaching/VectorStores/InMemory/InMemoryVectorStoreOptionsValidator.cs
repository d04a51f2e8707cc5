using Microsoft.Extensions.Options;

namespace RagCaching.VectorStores.InMemory;

[OptionsValidator]
internal sealed partial class InMemoryVectorStoreOptionsValidator : IValidateOptions<InMemoryVectorStoreOptions>;

using Microsoft.Extensions.Options;

namespace RagCaching.Journals;

[OptionsValidator]
internal sealed partial class JournaledVectorStoreOptionsValidator : IValidateOptions<JournaledVectorStoreOptions>;

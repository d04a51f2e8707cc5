using Microsoft.Extensions.Options;

namespace RagCaching.Contract.Settings;

[OptionsValidator]
internal sealed partial class SemanticCacheOptionsValidator : IValidateOptions<SemanticCacheOptions>;

using Microsoft.Extensions.Options;

namespace RagCaching.Semantic;

[OptionsValidator]
internal sealed partial class SemanticCacheOptionsValidator : IValidateOptions<SemanticCacheOptions>;

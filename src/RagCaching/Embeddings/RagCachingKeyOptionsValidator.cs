using Microsoft.Extensions.Options;

namespace RagCaching.Embeddings;

[OptionsValidator]
internal sealed partial class RagCachingKeyOptionsValidator : IValidateOptions<RagCachingKeyOptions>;

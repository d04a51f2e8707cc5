using Microsoft.Extensions.Options;

namespace RagCaching.Embeddings;

[OptionsValidator]
internal sealed partial class CachedEmbedderOptionsValidator : IValidateOptions<CachedEmbedderOptions>;

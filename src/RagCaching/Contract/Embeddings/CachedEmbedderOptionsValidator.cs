using Microsoft.Extensions.Options;

namespace RagCaching.Contract.Embeddings;

[OptionsValidator]
internal sealed partial class CachedEmbedderOptionsValidator : IValidateOptions<CachedEmbedderOptions>;

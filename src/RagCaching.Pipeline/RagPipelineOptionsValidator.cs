using Microsoft.Extensions.Options;

namespace RagCaching.Pipeline;

[OptionsValidator]
internal sealed partial class RagPipelineOptionsValidator : IValidateOptions<RagPipelineOptions>;

using Microsoft.Extensions.Options;

namespace RagCaching.Pipeline.Contract;

[OptionsValidator]
internal sealed partial class RagPipelineOptionsValidator : IValidateOptions<RagPipelineOptions>;

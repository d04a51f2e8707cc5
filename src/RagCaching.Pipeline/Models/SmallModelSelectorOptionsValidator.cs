using Microsoft.Extensions.Options;

namespace RagCaching.Pipeline.Models;

[OptionsValidator]
internal sealed partial class SmallModelSelectorOptionsValidator : IValidateOptions<SmallModelSelectorOptions>;

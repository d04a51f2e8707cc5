using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace RagCaching.AspNetCore.Requests;

/// <summary>A request that is refused, with the status and the sentence for its sender.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It never leaves the package.")]
[SuppressMessage("Design", "CA1064", Justification = "It never leaves the package.")]
internal sealed class Refusal(string sentence, int status = StatusCodes.Status400BadRequest) : Exception(sentence)
{
    public int Status => status;
}

using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Flights;

/// <summary>One piece of an answer in an <see cref="UpdateLog"/>.</summary>
/// <param name="Original">The piece as it came, which the caller that started the flight gets and may change.</param>
/// <param name="Template">A copy that nobody changes, from which the callers that joined get copies of their own.</param>
internal readonly record struct LoggedUpdate(ChatResponseUpdate Original, ChatResponseUpdate Template)
{
    public static LoggedUpdate From(ChatResponseUpdate update) => new(update, FollowerCopy.Of(update));
}

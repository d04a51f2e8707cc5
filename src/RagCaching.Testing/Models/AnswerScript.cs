namespace RagCaching.Testing.Models;

/// <summary>Which answer comes next: those for the prompt go before those in order, and these before the one for all else.</summary>
internal sealed class AnswerScript
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<ScriptedAnswer>> _byPrompt = new(StringComparer.Ordinal);
    private readonly Queue<ScriptedAnswer> _inOrder = new();
    private ScriptedAnswer? _otherwise;

    public void AddFor(string prompt, ScriptedAnswer answer)
    {
        lock (_lock)
        {
            if (!_byPrompt.TryGetValue(prompt, out var answers))
            {
                _byPrompt[prompt] = answers = new Queue<ScriptedAnswer>();
            }

            answers.Enqueue(answer);
        }
    }

    public void AddNext(ScriptedAnswer answer)
    {
        lock (_lock)
        {
            _inOrder.Enqueue(answer);
        }
    }

    public void SetOtherwise(ScriptedAnswer answer)
    {
        lock (_lock)
        {
            _otherwise = answer;
        }
    }

    public ScriptedAnswer? Take(string prompt)
    {
        lock (_lock)
        {
            // The last answer of a prompt is given again and again.
            return _byPrompt.TryGetValue(prompt, out var answers) ? (answers.Count > 1 ? answers.Dequeue() : answers.Peek())
                : _inOrder.TryDequeue(out var next) ? next
                : _otherwise;
        }
    }
}

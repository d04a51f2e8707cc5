using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical;

/// <summary>Compares made-up pairs in the background, so that the first callers of a guard do not wait until the runtime has compiled what it runs.</summary>
/// <remarks>
/// The runtime counts calls only a tenth of a second after it has last compiled something new, and compiles well what was called thirty times since then: hence rounds with a pause between
/// them. All together they take some tens of milliseconds of one processor, once in a process. A comparison keeps nothing, so they leave no trace.
/// </remarks>
internal static class GuardWarmUp
{
    private const int Rounds = 4;
    private const int Repetitions = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Pairs that no early rule refuses take longest; the others end at different rules.
    private static readonly (string Question, string Candidate)[] Pairs =
    [
        ("How do I reset the password of my account?", "How can I reset my account's password?"),
        ("Is it safe to travel from Berlin to Paris with a dog?", "Is travelling from Paris to Berlin with a dog safe?"),
        ("What is the fee for 3 payments of 20 euros?", "What is the fee for two payments of $20?"),
        ("Why can I not open the file \"report.pdf\" in version 2.1?", "Why can I open the file report.pdf in version 2.10?"),
        ("¿Cómo puedo activar mi cuenta en línea?", "¿Cómo puedo desactivar mi cuenta en línea?"),
        ("如何重置我的密码？", "怎么重置密码？"),
    ];

    /// <summary>Runs all rounds.</summary>
    /// <param name="tables">The words.</param>
    public static async Task RunAsync(WordTables tables)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
            Compare(tables);
        }
    }

    private static void Compare(WordTables tables)
    {
        var workspace = new GuardWorkspace();
        for (var i = 0; i < Repetitions; i++)
        {
            foreach (var (question, candidate) in Pairs)
            {
                workspace.Decide(question, candidate, tables, LexicalGuardVariant.Balanced, allowsTypos: false, rulesOff: 0);
                workspace.Pair.Clear();
            }
        }
    }
}

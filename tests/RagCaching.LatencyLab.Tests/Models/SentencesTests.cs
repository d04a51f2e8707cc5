using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Tests.Models;

public sealed class SentencesTests
{
    [Fact]
    public void Of_Prose_GivesSentencesWithoutMarkup() => Assert.Equal(
        ["The store keeps entries, e.g. answers of a model.", "See the guide of the store for more."],
        Sentences.Of("The **store** keeps `entries`, e.g. answers\nof a model. See [the guide](store.md#a) of the store for more."));

    [Fact]
    public void Of_Table_GivesARowAsASentenceAndNoTitle() => Assert.Equal(
        ["MaxEntries: 100,000, The most entries of the store."],
        Sentences.Of("| Option | Default | Meaning |\n|---|--:|---|\n| `MaxEntries` | 100,000 | The most entries of the store. |"));

    [Fact]
    public void Of_List_GivesItemsWithoutTheirMarks() => Assert.Equal(
        ["The first of the items.", "The second of the items."], Sentences.Of("What follows is a list:\n\n- The first of the items.\n2. The second of the items."));

    [Fact]
    public void Of_Code_GivesNothing() => Assert.Empty(Sentences.Of("```csharp\nvar cache = new SemanticCache(embedder, store);\n```"));
}

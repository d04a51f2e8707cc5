using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Tests.Records;

public sealed class EntryNamesTests
{
    [Fact]
    public void Key_OfAnyEntry_BeginsWithALetterAndHasOnlyWhatAzureAISearchTakes()
    {
        var keys = Enumerable.Range(0, 2_000).Select(i => (string)EntryNames.Of("p", $"{i}", asGuid: false).Key).ToArray();

        // One in 64 digests begins with an underscore, and one with a hyphen.
        Assert.All(keys, key => Assert.True(char.IsAsciiLetter(key[0]) && key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'), key));
        Assert.Distinct(keys);
    }
}

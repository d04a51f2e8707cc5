using static RagCaching.Engines.Tests.Import.Reading;

namespace RagCaching.Engines.Tests.Import;

/// <summary>Conversations become answers: of one turn, or of all.</summary>
public sealed class ChatLogAnswersTests
{
    private const string Two = """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"r"},{"role":"assistant","content":"b"}]}""";
    private const string Tool = """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"tool_calls":[{"id":"1"}]},{"role":"tool","content":"21"},{"role":"assistant","content":"It is 21."}]}""";

    private static Task<string[]> ReadAsync(string text, ChatLogOptions? options = null) => AllAsync(ChatLogAnswers.ReadAsync(StreamOf(text), options));

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""")]
    [InlineData("""[{"role":"user","content":"q"},{"role":"assistant","content":"a","tool_calls":[]}]""")]
    [InlineData("""[{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}]""")]
    [InlineData("""[[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]]""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"q"}]},{"role":"assistant","content":[{"type":"text","text":"a"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"input_text","text":"q"}]},{"role":"assistant","content":[{"type":"output_text","text":"a"}]}],"id":7}""")]
    public async Task Conversation_OfOneTurn_IsReadInEveryForm(string line) => Assert.Equal(["q > a"], await ReadAsync("\uFEFF" + line + "\r\n\r\n"));

    [Fact]
    public async Task Conversation_OfTwoTurns_IsAFaultUnlessAllAreAskedFor()
    {
        Assert.Equal(["line 1, messages: The conversation has 2 turns, and those of one are read (ChatLogOptions.AllTurns)."], await ReadAsync(Two));
        Assert.Equal(["q > a", "r > b"], await ReadAsync(Two, new ChatLogOptions { AllTurns = true }));
    }

    [Fact]
    public async Task Answer_AfterATool_IsAFaultUnlessAskedFor()
    {
        Assert.Equal(["line 1, messages: The answer was given after a tool was called (ChatLogOptions.AnswersAfterTools)."], await ReadAsync(Tool));
        Assert.Equal(["q > It is 21."], await ReadAsync(Tool, new ChatLogOptions { AnswersAfterTools = true }));
    }

    [Theory]
    [InlineData("""[{"role":"user","content":"I own an AX-1."},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]""")]
    [InlineData("""[{"role":"assistant","content":"Which model?"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]""")]
    public async Task Question_AfterSomethingElse_IsAFaultUnlessAllTurnsAreAskedFor(string line)
    {
        Assert.Equal(["line 1, messages: The question may need what was said before it, by the assistant or in another message of the user (ChatLogOptions.AllTurns)."], await ReadAsync(line));
        Assert.Equal(["q > a"], await ReadAsync(line, new ChatLogOptions { AllTurns = true }));
    }

    [Theory]
    [InlineData("""[{"role":"user","content":"q"},{"role":"assistant","content":"Let me look."},{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"x"}}]}]""")]
    [InlineData("""[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"reasoning","text":"He wants b."},{"type":"output_text","text":"a"}]}]""")]
    [InlineData("""[{"role":"user","content":"q"},{"role":"assistant","content":[{"text":"a"}]}]""")]
    public async Task Answer_WithPartsThatAreNoText_IsAFault(string line) => Assert.Equal(["line 1, messages: A part of the answer is no text."], await ReadAsync(line, new ChatLogOptions { AllTurns = true }));

    [Theory]
    [InlineData("{", "line: This is no JSON that can be read: '{'.")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],\"\\ud800xxxxxxxx\":1}", "line: This is no JSON that can be read: '{\"messages\":[{\"role\":\"user\",\"content\":\"q...' (63 bytes).")]
    [InlineData("7", "messages: A conversation is an object with a list of 'messages', or that list.")]
    [InlineData("[7]", "messages: A conversation is an object with a list of 'messages', or that list.")]
    [InlineData("{\"messages\":7}", "messages: A conversation is an object with a list of 'messages', or that list.")]
    [InlineData("[]", "messages: There is no message of the user.")]
    [InlineData("[{\"role\":\"user\",\"content\":\"q\"}]", "answer: It is missing.")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]},{\"role\":\"assistant\",\"content\":\"a\"}]", "question: It is missing.")]
    [InlineData("[{\"role\":\"user\",\"content\":\"\\ud800\"},{\"role\":\"assistant\",\"content\":\"a\"}]", "question: It is missing.")]
    public async Task Line_ThatCannotBeTaken_IsAFaultAndTheNextIsRead(string line, string expected) =>
        Assert.Equal([$"line 1, {expected}", "q > a"], await ReadAsync(line + "\n" + """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}"""));

    [Fact]
    public async Task Line_ThatIsTooLong_IsAFaultAndTheNextIsRead() => Assert.Equal(
        ["line 1, line: It is longer than 1024 (AnswerReaderOptions.MaxRecordLength).", "q > a"],
        await ReadAsync(new string('x', 5_000) + "\n" + """[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]""", new ChatLogOptions { MaxRecordLength = 1_024 }));
}

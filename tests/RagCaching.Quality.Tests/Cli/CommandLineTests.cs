using RagCaching.Quality.Cli;

namespace RagCaching.Quality.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_Stream_ReadsInputsAndOptions()
    {
        var options = CommandLine.Parse(["stream", "a", "--budgets", "0.02,0.05", "b", "--orders", "3", "--first-seed", "40", "--guard", "--encoder", "model", "--vectors", "small", "--html", "out.html"]);

        Assert.Equal((string[])["a", "b"], options.Inputs);
        Assert.Equal([0.02, 0.05], options.Budgets);
        Assert.Equal((3, 40, true, "model", "small", "out.html"), (options.Orders, options.FirstSeed, options.UseGuard, options.EncoderPath, options.VectorName, options.HtmlPath));
    }

    [Theory]
    [InlineData("scale")]
    [InlineData("tenants")]
    [InlineData("instances")]
    [InlineData("shadow")]
    [InlineData("words")]
    public void Parse_CommandAboutFolders_NeedsOne(string command)
    {
        Assert.Equal(command, CommandLine.Parse([command, "a"]).Command);
        Assert.Contains("needs an input", Assert.Throws<UsageException>(() => CommandLine.Parse([command])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "stream", "a", "--budgets", "0")]
    [InlineData("0.6", "stream", "a", "--budgets", "0.02,0.6")]
    [InlineData("0.4", "calibrate", "a", "--confidence", "0.4")]
    [InlineData("1.5", "calibrate", "a", "--target", "1.5")]
    [InlineData("1.1", "stream", "a", "--answers", "1.1")]
    [InlineData("-1", "simulate", "--first-seed", "-1")]
    [InlineData("--nothing", "stream", "a", "--nothing")]
    [InlineData("needs a value", "stream", "a", "--orders")]
    [InlineData("--encoder needs a value", "guards", "a", "--encoder")]
    [InlineData("needs an input", "guards")]
    [InlineData("dance", "dance")]
    public void Parse_BadOptions_NamesTheValue(string expected, params string[] arguments) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => CommandLine.Parse(arguments)).Message, StringComparison.Ordinal);
}

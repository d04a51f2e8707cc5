using System.Globalization;
using RagCaching.LatencyLab.Calibration;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Cli;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Rag;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Traffic;
using Spectre.Console;

namespace RagCaching.LatencyLab.Report;

/// <summary>Says in words what the lab does and what came of it.</summary>
internal sealed class Narrator(IAnsiConsole console, LabOptions options)
{
    private const int AnswerLength = 700;
    private const int WrongShown = 5;

    // Logs are not always read as UTF-8.
    private readonly TableBorder _border = console.Profile.Capabilities.Unicode ? TableBorder.Simple : TableBorder.Ascii2;

    public void Introduce(Uri endpoint, LabModels local)
    {
        Heading("RagCaching latency lab");
        if (options.EmbedsLocally)
        {
            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"Embeddings: {MiniLMModel.ModelId}, a real sentence encoder, in this process: ready after {local.Opening.TotalSeconds:0.0} s, {local.OneQuestion.TotalMilliseconds:0.0} ms for one question. No key, no server."));
        }

        if (options.Endpoint is not null)
        {
            Say($"Models: {options.ChatModel}{(options.EmbedsLocally ? "" : $" and {options.EmbeddingModel}")} at {endpoint}. Requests cost what the provider charges.");
            return;
        }

        var unscaled = StandInLatencies.Unscaled;
        var scaled = unscaled.At(options.Speed);
        Say(options.EmbedsLocally
            ? $"Chat model: a STAND-IN behind a real HTTP server at {endpoint}. It quotes the passage that fits the question. Latencies are settings, divided by --speed {Number(options.Speed)}:"
            : $"Models: STAND-INS behind a real HTTP server at {endpoint}, an encoder that hashes words (it compares spellings, not meanings) and an answerer that quotes. Latencies are settings, divided by --speed {Number(options.Speed)}:");
        Say(options.EmbedsLocally
            ? $"  retrieval   {Of(unscaled.Retrieval, scaled.Retrieval)} per source"
            : $"  embedding   {Of(unscaled.Embedding, scaled.Embedding)},  retrieval    {Of(unscaled.Retrieval, scaled.Retrieval)} per source");
        Say($"  first token {Of(unscaled.FirstToken, scaled.FirstToken)},  whole answer {Of(unscaled.WholeAnswer, scaled.WholeAnswer)}");
        Say($"  prompt      {Of(unscaled.Prompt, scaled.Prompt)} per 1,000 tokens,  small model {Of(unscaled.SmallModel, scaled.SmallModel)} less for a whole answer");
        Say($"What the caches{(options.EmbedsLocally ? ", the encoder" : "")} and the sockets cost is real and not divided.");
    }

    public void DescribeCorpus(IReadOnlyList<DocumentSource> sources, long calls, long callsAgain)
    {
        Heading("Corpus");
        Say($"{sources.Sum(source => source.Count)} chunks of this repository's documentation ("
            + string.Join(", ", sources.Select(source => $"{source.Name}: {source.Count}"))
            + $"), embedded sentence by sentence through the embedding cache in {calls} calls. Embedding them again took {callsAgain}.");
    }

    public void DescribeThreshold(ThresholdChoice choice, QuestionSet questions, HeldOutStream heldOut)
    {
        Heading("Threshold and error budget");
        var lookAlikes = questions.Questions.Sum(question => question.LookAlikes.Count);
        Say($"{questions.Questions.Count} questions about these documents, {questions.Texts.Count - questions.Questions.Count - lookAlikes} re-wordings, {lookAlikes} look-alikes that need another answer. "
            + "ThresholdCalibrator chooses on one half, drawn at random, without the pairs that the lexical guard refuses:");
        Say(string.Create(CultureInfo.InvariantCulture, $"  error budget {100 * choice.Budget:0} %, MinimumSimilarity {choice.Threshold:0.000}. {choice.Explanation}"));
        Say(Quality("chosen on:", choice.Chosen));
        Say(Quality("held out: ", choice.HeldOut));
        Say($"The other half, through a real cache, each of {heldOut.Asked} texts once: {heldOut.Served} served by meaning, {heldOut.Wrong.Count} of them wrong.");
        DescribeWrong(heldOut.Wrong);
        Say("The threshold fits this encoder and questions like these. It does NOT transfer to another embedding model: measure your own. All that follows uses the other half only.");
    }

    public void DescribeWalk(WalkThrough walk)
    {
        Heading("Three questions");
        Describe("new", walk.First);
        Describe("re-worded", walk.Reworded, walk.First.Reply.Text);
        Describe("repeated", walk.Repeated, walk.First.Reply.Text);
    }

    public void DescribeTraffic()
    {
        Heading("Traffic");
        Say($"{options.Requests} requests per technique, {options.Concurrency} at a time, the same for each: popularity by Zipf's law, seed {options.Seed}, "
            + string.Create(CultureInfo.InvariantCulture, $"{100 * TrafficPlan.LookAlikeShare:0} % look-alikes. Caches start empty, after a warm-up."));
    }

    public void DescribeLatency(IReadOnlyList<TechniqueRun> runs)
    {
        Heading("Latency by technique");
        LatencyTable.Write(console, _border, runs);
        Say("WRONG: the cache served the answer of a question that needs another one. Neither similarity nor the guard can tell all look-alikes apart; see the limits in docs/semantic-cache.md.");
        DescribeWrong(runs.SelectMany(run => run.Outcomes).Where(outcome => outcome.IsWrong)
            .Select(outcome => new WrongMatch(outcome.Asked.Text, outcome.Reply.Answer.MatchedQuestion!, outcome.Reply.Answer.Similarity ?? 0)));
        Say("The semantic cache alone takes two embedding calls for a new question, one for its lookup and one for the search; with the embedding cache they share one.");
        if (options.Endpoint is null && options.Speed != 1)
        {
            Say(string.Create(
                CultureInfo.InvariantCulture,
                $"At --speed 1, a whole answer would take about {Unscaled(runs[0]):0.0} s with no cache and {Unscaled(runs[^1]):0.0} s with everything, on average (measured x {Number(options.Speed)})."));
        }
    }

    public void DescribeStages(TechniqueRun before, TechniqueRun after)
    {
        Heading("Where the time goes");
        StageTable.Write(console, _border, before, after);
        Say($"From the cache: {Count(after, SemanticCacheOutcome.ExactHit)} exact, {Count(after, SemanticCacheOutcome.SemanticHit)} re-worded, and {Count(after, SemanticCacheOutcome.Joined)} shared with a request under way, which wait for its stream. "
            + $"With {before.Technique.Name} the answer comes as a whole: its first token is in generation.");
    }

    /// <summary>Says which checks passed.</summary>
    /// <returns>Whether none failed.</returns>
    public bool DescribeChecks(IReadOnlyList<CheckResult> checks)
    {
        Heading("Checks");
        foreach (var check in checks)
        {
            var (word, color) = check.Passed switch { true => ("pass", Color.Green), false => ("FAIL", Color.Red), null => ("skip", Color.Yellow) };
            console.Write(new Text($"  {word}  ", new Style(color)));
            console.WriteLine(check.What);
            console.WriteLine($"        {check.Evidence}");
        }

        return checks.All(check => check.Passed != false);
    }

    public void Say(string text) => console.WriteLine(text);

    private static int Count(TechniqueRun run, SemanticCacheOutcome outcome) => run.Outcomes.Count(request => request.Reply.Answer.Outcome == outcome);

    // A mean: with about as many hits as misses, the median is one or the other by chance.
    private double Unscaled(TechniqueRun run) => run.Outcomes.Average(outcome => outcome.Reply.Total.TotalSeconds) * options.Speed;

    private static string Of(TimeSpan unscaled, TimeSpan scaled) =>
        string.Create(CultureInfo.InvariantCulture, $"{unscaled.TotalMilliseconds,4:0} ms -> {scaled.TotalMilliseconds,3:0.#} ms");

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Quality(string name, ThresholdQuality quality) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {name} precision {quality.Precision:0.00} ({quality.Right} right, {quality.Wrong} wrong), recall {quality.Recall:0.00} (of {quality.Same}), look-alikes {quality.WrongLookAlikes} of {quality.LookAlikes}");

    private void Describe(string kind, WalkStep step, string? before = null)
    {
        var cache = step.Reply.Answer;
        var similarity = cache is { IsHit: true, Similarity: { } value } ? string.Create(CultureInfo.InvariantCulture, $" at {value:0.00}") : "";
        console.Write(new Text($"{kind}: {step.Question}\n", new Style(decoration: Decoration.Bold)));
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"  {cache.Outcome}{similarity}, first token {step.Reply.FirstToken.TotalMilliseconds:0.0} ms, whole answer {step.Reply.Total.TotalMilliseconds:0.0} ms, embedding calls {step.Calls.Embeddings}, chat calls {step.Calls.Chats}"));
        var text = step.Reply.Text.ReplaceLineEndings(" ");
        Say(step.Reply.Text == before ? "  (the same answer)" : $"  \"{(text.Length <= AnswerLength ? text : text[..AnswerLength] + "...")}\"");
    }

    private void DescribeWrong(IEnumerable<WrongMatch> matches)
    {
        foreach (var match in matches.Distinct().Take(WrongShown))
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"  WRONG at {match.Similarity:0.00}: \"{match.Asked}\" got the answer of \"{match.Served}\""));
        }
    }

    private void Heading(string title)
    {
        console.WriteLine();
        console.Write(new Rule(title) { Justification = Justify.Left, Border = BoxBorder.Ascii, Style = new Style(Color.Grey) });
    }
}

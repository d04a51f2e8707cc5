using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using RagCaching.Benchmarks.VectorStores;

namespace RagCaching.Benchmarks.Onnx;

/// <summary>What a sentence encoder costs: its start, a question, a batch, and memory. The peer is a bare run of the model over tokens that are there already.</summary>
/// <remarks>
/// Times of single questions are taken in turns with those of the peer. Wall-clock times count what other processes take; the time of the thread does not. Every process has only one start: run it
/// several times.
/// </remarks>
internal static class EncoderSpeed
{
    private const int Rounds = 600;
    private const int WarmUp = 100;
    private const int BatchTexts = 1_024;
    private const int BatchRounds = 5;

    private static readonly string[] Topics = ["my password", "the monthly invoice", "a lost debit card", "the delivery address", "two factor login", "an expired voucher", "the travel insurance", "a shared calendar"];

    private static readonly string[] Forms =
    [
        "how do I change {0} when I am abroad?", "what happens to {0} if I close my account today?", "why was {0} rejected again, and who can help me?",
        "is it possible to see {0} on the phone?", "where do I find {0} after the last update of the app?", "please explain the fees for {0}",
    ];

    public static async Task PrintAsync(TextWriter output, string? folder)
    {
        var questions = Forms.SelectMany(form => Topics.Select(topic => string.Format(CultureInfo.InvariantCulture, form, topic))).ToArray();
        var before = Environment.WorkingSet;
        var start = Stopwatch.GetTimestamp();
        using var generator = Open(folder, concurrency: 1);
        var opened = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        await generator.GenerateAsync([questions[0]]);
        var first = Stopwatch.GetElapsedTime(start);
        var afterFirst = Environment.WorkingSet;
        using var peer = new BareModel(folder ?? MiniLMModel.Folder);
        Line(output, $"Open: {opened.TotalMilliseconds:F0} ms. First question after that: {first.TotalMilliseconds:F1} ms. Working set: {before >> 20} MB before, {afterFirst >> 20} MB after.");
        output.WriteLine();
        await PrintSinglesAsync(output, generator, peer, questions);
        output.WriteLine();
        foreach (var concurrency in (int[])[1, 2])
        {
            using var batches = Open(folder, concurrency);
            Line(output, $"{BatchTexts} questions in one call, {concurrency} at a time: {await BatchSpeedAsync(batches, questions):F0} questions/s (median of {BatchRounds}).");
        }

        Line(output, $"Working set at the end, with three models open: {Environment.WorkingSet >> 20} MB.");
    }

    private static async Task PrintSinglesAsync(TextWriter output, OnnxEmbeddingGenerator generator, BareModel peer, string[] questions)
    {
        var (wall, thread, bare, bareThread) = (new double[Rounds], new double[Rounds], new double[Rounds], new double[Rounds]);
        var tokens = new List<long>();
        long bytes = 0;
        for (var round = -WarmUp; round < Rounds; round++)
        {
            string[] question = [questions[(round + WarmUp) % questions.Length]];
            var (start, cpu, allocated) = (Stopwatch.GetTimestamp(), ThreadClock.Microseconds, GC.GetAllocatedBytesForCurrentThread());
            var vectors = await generator.GenerateAsync(question);
            bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var (elapsed, used) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (ThreadClock.Microseconds - cpu) / 1_000);
            var length = vectors.Usage!.InputTokenCount!.Value;
            (start, cpu) = (Stopwatch.GetTimestamp(), ThreadClock.Microseconds);
            peer.Run((int)length);
            var (peerElapsed, peerUsed) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (ThreadClock.Microseconds - cpu) / 1_000);
            if (round >= 0)
            {
                (wall[round], thread[round], bare[round], bareThread[round]) = (elapsed, used, peerElapsed, peerUsed);
                tokens.Add(length);
            }
        }

        output.WriteLine("| one question | wall p50, ms | wall p95, ms | thread p50, ms | thread p95, ms | allocated, bytes |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|");
        Line(output, $"| generator, {tokens.Min()} to {tokens.Max()} tokens | {At(wall, 50):F2} | {At(wall, 95):F2} | {At(thread, 50):F2} | {At(thread, 95):F2} | {bytes} |");
        Line(output, $"| bare run of the model | {At(bare, 50):F2} | {At(bare, 95):F2} | {At(bareThread, 50):F2} | {At(bareThread, 95):F2} | – |");
        Line(output, $"| ratio | {At(wall, 50) / At(bare, 50):F2} | {At(wall, 95) / At(bare, 95):F2} | {At(thread, 50) / At(bareThread, 50):F2} | {At(thread, 95) / At(bareThread, 95):F2} | |");
    }

    private static async Task<double> BatchSpeedAsync(OnnxEmbeddingGenerator generator, string[] questions)
    {
        var texts = Enumerable.Range(0, BatchTexts).Select(i => questions[i * 7 % questions.Length]).ToArray();
        var speeds = new double[BatchRounds];
        await generator.GenerateAsync(texts[..64]);
        for (var round = 0; round < BatchRounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await generator.GenerateAsync(texts);
            speeds[round] = BatchTexts / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return At(speeds, 50);
    }

    private static OnnxEmbeddingGenerator Open(string? folder, int concurrency)
    {
        var options = new OnnxEmbeddingOptions { Limits = { MaxConcurrency = concurrency } };
        return OnnxEmbeddingGenerator.Open(folder ?? MiniLMModel.Folder, options);
    }

    private static double At(double[] values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(FormattableString.Invariant(line));

    /// <summary>The model alone, with the settings of the generator.</summary>
    private sealed class BareModel : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();

        public BareModel(string folder)
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _session = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
        }

        public void Run(int tokens)
        {
            long[] shape = [1, tokens];
            using var ids = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(2_000L, tokens).ToArray(), shape);
            using var mask = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, tokens).ToArray(), shape);
            using var types = OrtValue.CreateTensorValueFromMemory(new long[tokens], shape);
            using var results = _session.Run(_options, ["input_ids", "attention_mask", "token_type_ids"], [ids, mask, types], [_session.OutputNames[0]]);
        }

        public void Dispose()
        {
            _options.Dispose();
            _session.Dispose();
        }
    }
}

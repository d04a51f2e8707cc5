using System.Globalization;

namespace RagCaching.Quality.Cli;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    public const string Help =
        """
        Measures how often RagCaching serves, and how often that is wrong, on labelled data.

        Usage: dotnet run -c Release --project benchmarks/RagCaching.Quality -- <command> [inputs] [options]

          calibrate INPUT...   choose a similarity threshold from labelled pairs, or from a host's past questions and answers
          guards INPUT...      what the lexical guard stops, rightly and wrongly
          stream FOLDER...     replay labelled questions through a real cache, policy against policy
          prior FOLDER...      make the prior of error budgets for an embedding model, of sets that may be redistributed
          scale FOLDER...      what a cache finds out about the scale of an embedding model, and the threshold that it proposes
          tenants FOLDER...    what a new tenant's error budget inherits: tenants with the questions of the first folder, then one with those of the last
          instances FOLDER...  what ten instances with one journal learn together, against one instance and against ten that are alone
          shadow FOLDER...     what an owner sees of a budget in shadow mode after 1,000, 2,000 and 4,000 questions, and when it serves
          words FOLDER...      the share of questions that words take for volatile; needs questions.jsonl.gz only
          simulate             the error budget on traffic whose truth is known, and its breaker

        An input is a folder with questions.jsonl.gz, vectors and labels or pairs, or a CSV file
        with the columns question, candidate, label (1 right, 0 wrong) and, for calibrate, similarity.
        Where vectors or similarities are missing, an encoder can compute them.
        For calibrate with --encoder it may also be what a host was asked and answered: a CSV file with the
        columns question and answer, or chats as JSON Lines (*.jsonl), oldest first.

          --encoder NAME       compute vectors with a sentence encoder, in place of the vectors of folders and for CSV rows
                               without similarity: minilm, or a folder with model.onnx, vocab.txt and, if there are any,
                               the JSON files that came with them (docs/local-encoder.md)
          --vectors NAME       read NAME.f16.bin of folders (default: the first *.f16.bin by name)
          --budgets A,B        limits on wrong/served, each in (0, 0.5] (default 0.01,0.02,0.05)
          --orders N           shuffled orders per stream (1 to 1000; default 20)
          --requests N         questions per stream or simulation
          --answers P          stream questions about a share P of the answers only, in (0, 1], others in each order: small scopes
          --easy-first         stream the questions whose nearest other question wants the same answer before all others: an attack
          --guard              stream with the lexical guard on (default off)
          --prior FILE         stream and simulate error budgets with the prior in FILE, made of other sets than those of the stream
          --model NAME         the embedding model that a new prior is for
          --out FILE           where a new prior is written
          --no-baselines       stream the error budget only
          --seeds N            seeds of a simulation (1 to 10000; default 200)
          --first-seed N       seed of the first order or simulation, to run long series in parts (0 to 1000000; default 0)
          --target P           precision that calibrate has to reach, in (0, 1) (default 0.98)
          --confidence P       with this confidence, in (0.5, 1) (default 0.95)
          --curves FILE        with one folder, also draw how hits of the first budget grow with requests, with the prior and without, as SVG
          --json FILE          also write the tables as JSON
          --html FILE          also write one self-contained page with tables and plots

        Exit codes: 0 done, 1 the run failed, 2 bad options, 130 stopped with Ctrl+C.
        """;

    /// <exception cref="UsageException">The arguments are not understood, or a value is out of range.</exception>
    public static QualityOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new QualityOptions { Command = arguments.Count > 0 ? arguments[0] : "help" };
        var inputs = new List<string>();
        for (var i = 1; i < arguments.Count; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--budgets" => options with { Budgets = [.. Value(arguments, ref i).Split(',').Select(text => Number(name, text, budget => budget is > 0 and <= 0.5, "in (0, 0.5]"))] },
                "--orders" => options with { Orders = Integer(name, Value(arguments, ref i), 1_000) },
                "--requests" => options with { Requests = Integer(name, Value(arguments, ref i), 10_000_000) },
                "--answers" => options with { AnswerShare = Number(name, Value(arguments, ref i), share => share is > 0 and <= 1, "in (0, 1]") },
                "--seeds" => options with { Seeds = Integer(name, Value(arguments, ref i), 10_000) },
                "--first-seed" => options with { FirstSeed = Integer(name, Value(arguments, ref i), 1_000_000, least: 0) },
                "--target" => options with { Target = Number(name, Value(arguments, ref i), target => target is > 0 and < 1, "in (0, 1)") },
                "--confidence" => options with { Confidence = Number(name, Value(arguments, ref i), confidence => confidence is > 0.5 and < 1, "in (0.5, 1)") },
                "--easy-first" => options with { EasyFirst = true },
                "--guard" => options with { UseGuard = true },
                "--no-baselines" => options with { Baselines = false },
                "--encoder" => options with { EncoderPath = Value(arguments, ref i) },
                "--vectors" => options with { VectorName = Value(arguments, ref i) },
                "--prior" => options with { PriorPath = Value(arguments, ref i) },
                "--model" => options with { ModelName = Value(arguments, ref i) },
                "--out" => options with { OutPath = Value(arguments, ref i) },
                "--curves" => options with { CurvesPath = Value(arguments, ref i) },
                "--json" => options with { JsonPath = Value(arguments, ref i) },
                "--html" => options with { HtmlPath = Value(arguments, ref i) },
                _ when name.StartsWith('-') => throw new UsageException($"There is no option '{name}'."),
                _ => Add(inputs, name, options),
            };
        }

        return Checked(options with { Inputs = inputs });
    }

    private static QualityOptions Checked(QualityOptions options) => options.Command switch
    {
        "calibrate" or "guards" or "stream" or "prior" or "scale" or "tenants" or "instances" or "shadow" or "words" when options.Inputs.Count == 0 => throw new UsageException($"{options.Command} needs an input."),
        "stream" when options.CurvesPath is not null && options.Inputs.Count > 1 => throw new UsageException("--curves needs a single input."),
        "prior" when options.ModelName is null || options.OutPath is null => throw new UsageException("prior needs --model and --out."),
        "calibrate" or "guards" or "stream" or "prior" or "scale" or "tenants" or "instances" or "shadow" or "words" or "simulate" or "help" or "--help" or "-h" => options,
        _ => throw new UsageException($"There is no command '{options.Command}'."),
    };

    private static QualityOptions Add(List<string> inputs, string input, QualityOptions options)
    {
        inputs.Add(input);
        return options;
    }

    private static string Value(IReadOnlyList<string> arguments, ref int i) =>
        i + 1 < arguments.Count ? arguments[++i] : throw new UsageException($"{arguments[i]} needs a value.");

    private static double Number(string name, string text, Func<double, bool> isIn, string range) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) && isIn(value) ? value : throw new UsageException($"{name} must be {range}, but was '{text}'.");

    private static int Integer(string name, string text, int most, int least = 1) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new UsageException($"{name} must be a whole number from {least} to {most}, but was '{text}'.");
}

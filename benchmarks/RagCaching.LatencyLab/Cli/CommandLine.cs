using System.Globalization;
using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Cli;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    public const string Help =
        """
        Measures what the caches of RagCaching do to the latency of a RAG application.

        Usage: dotnet run -c Release --project benchmarks/RagCaching.LatencyLab -- [options]

          --speed N              divide the latencies of the stand-in models by N (0.1 to 100; default 4)
          --requests N           requests per technique (1 to 100000; default 120)
          --concurrency N        requests at a time (1 to 256; default 16)
          --seed N               seed of the traffic (default 1)
          --short                32 requests per technique at speed 10, unless given otherwise
          --encoder NAME         minilm (default): all-MiniLM-L6-v2, in this process;
                                 hashing: a stand-in that compares spellings, behind the server
          --endpoint URL         use an OpenAI-compatible provider instead of the stand-in models;
                                 its key comes from the environment variable OPENAI_API_KEY
          --chat-model NAME      chat model of that provider
          --small-model NAME     smaller chat model of that provider (default: the chat model)
          --embedding-model NAME embedding model of that provider (or: --encoder minilm)
          --sqlite FILE          also keep answers in a SQLite file: the next run on it starts warm
          --redis HOST:PORT      the same in a Redis
          --postgres CONNECTION  the same in a PostgreSQL
          --instances N          also let N processes share that journal (2 to 64)
          --outage               only the scene in which the lab's server is killed in mid-traffic and started again
          --load                 only the scene with 500 open streams and 500 requests/s among 100,000 answers
          --money                only the scene in which savings and spending are compared with what the lab's server counted
          --dashboard            only the owner's page, over a cache with traffic, until Ctrl+C;
                                 with --short it is looked at once. Its metrics are at /metrics
          --otlp URL             also send metrics and traces of that cache by OTLP over gRPC, as to the Aspire dashboard
          --help                 this text

        Exit codes: 0 all checks passed, 1 a check or the run failed, 2 bad options, 130 stopped with Ctrl+C.
        """;

    /// <exception cref="UsageException">The arguments are not understood, or a value is out of range.</exception>
    public static LabOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = arguments.Contains("--short")
            ? new LabOptions { Speed = LabOptions.ShortSpeed, Requests = LabOptions.ShortRequests }
            : new LabOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--help" or "-h" or "-?" => options with { Help = true },
                "--short" => options with { Short = true },
                "--outage" => options with { Outage = true },
                "--load" => options with { Load = true },
                "--money" => options with { Money = true },
                "--dashboard" => options with { Dashboard = true },
                "--otlp" => options with { Receiver = Address(name, Value(arguments, ref i)) },
                "--speed" => options with { Speed = Number(name, Value(arguments, ref i), 0.1, 100) },
                "--requests" => options with { Requests = Integer(name, Value(arguments, ref i), 1, 100_000) },
                "--concurrency" => options with { Concurrency = Integer(name, Value(arguments, ref i), 1, 256) },
                "--seed" => options with { Seed = Integer(name, Value(arguments, ref i), int.MinValue, int.MaxValue) },
                "--encoder" => options with { Encoder = Encoder(name, Value(arguments, ref i)) },
                "--endpoint" => options with { Endpoint = Address(name, Value(arguments, ref i)) },
                "--chat-model" => options with { ChatModel = Value(arguments, ref i) },
                "--small-model" => options with { SmallChatModel = Value(arguments, ref i) },
                "--embedding-model" => options with { EmbeddingModel = Value(arguments, ref i) },
                "--sqlite" or "--redis" or "--postgres" => options with { Journal = (name[2..], Value(arguments, ref i)) },
                "--instances" => options with { Instances = Integer(name, Value(arguments, ref i), 2, 64) },
                _ => throw new UsageException($"There is no option '{name}'."),
            };
        }

        return options.Help ? options : Checked(options);
    }

    private static LabOptions Checked(LabOptions options)
    {
        if (options.Endpoint is not null && (options.ChatModel is null || (options.EmbeddingModel is null && options.Encoder is null)))
        {
            throw new UsageException($"--endpoint {options.Endpoint} also needs --chat-model, and --embedding-model or --encoder minilm.");
        }

        if (options.Endpoint is not null && options.Encoder is { } encoder && (encoder == EncoderKind.Hashing || options.EmbeddingModel is not null))
        {
            throw new UsageException(encoder == EncoderKind.Hashing
                ? "--encoder hashing stands behind the lab's own server, and --endpoint is another one. Use --encoder minilm or --embedding-model."
                : $"Use --encoder minilm or --embedding-model {options.EmbeddingModel}, not both.");
        }

        if (options.Outage && options.Endpoint is not null)
        {
            throw new UsageException($"--outage kills the lab's own server, and --endpoint {options.Endpoint} is another one.");
        }

        if (options.Money && options.Endpoint is not null)
        {
            throw new UsageException($"--money needs the records of the lab's own server, and --endpoint {options.Endpoint} is another one.");
        }

        if (options.Dashboard && options.Endpoint is not null)
        {
            throw new UsageException($"--dashboard has questions for the lab's own server, and --endpoint {options.Endpoint} is another one.");
        }

        if (options.Receiver is not null && !options.Dashboard)
        {
            throw new UsageException($"--otlp {options.Receiver} has nothing to receive without --dashboard.");
        }

        if (options.Instances > 1 && options.Journal is null)
        {
            throw new UsageException($"--instances {options.Instances} needs a journal: --sqlite, --redis or --postgres.");
        }

        return options.Endpoint is null && (options.ChatModel ?? options.SmallChatModel ?? options.EmbeddingModel) is { } model
            ? throw new UsageException($"The model '{model}' needs an --endpoint; without one the lab uses its stand-in models.")
            : options;
    }

    private static string Value(IReadOnlyList<string> arguments, ref int i) =>
        i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal)
            ? arguments[++i]
            : throw new UsageException($"{arguments[i]} needs a value.");

    private static int Integer(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new UsageException($"{name} must be a whole number from {min} to {max}, but was '{value}'.");

    private static double Number(string name, string value, double min, double max) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {min} to {max}, but was '{value}'."));

    private static EncoderKind Encoder(string name, string value) => value switch
    {
        "minilm" => EncoderKind.MiniLM,
        "hashing" => EncoderKind.Hashing,
        _ => throw new UsageException($"{name} must be minilm or hashing, but was '{value}'."),
    };

    private static Uri Address(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new UsageException($"{name} must be an http or https address, but was '{value}'.");
}

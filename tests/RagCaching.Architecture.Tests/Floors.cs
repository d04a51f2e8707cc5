namespace RagCaching.Architecture.Tests;

/// <summary>The rooms of the house, from the roof to the cellar. A room may use the rooms below it, and none above.</summary>
internal static class Floors
{
    private static readonly string[] Core =
    [
        "DependencyInjection",
        "DependencyInjection/Checks",
        "WarmUp",

        // Front doors.
        "Chat/Helpers",
        "Chat",
        "Chat/Answers",
        "Chat/Tools",
        "Chat/Requests",
        "Chat/Conversations",
        "Chat/Replies",

        // The path of a question.
        "Semantic",
        "Semantic/Transfers",
        "Semantic/Explaining",
        "Semantic/Flights",
        "Semantic/FailSafe",
        "Semantic/Holdouts",
        "Semantic/Storing",
        "ErrorBudgets",
        "Semantic/Matching",
        "Calibration",
        "ErrorBudgets/Gates",
        "ErrorBudgets/Repeats",
        "ErrorBudgets/Inheritance",
        "ErrorBudgets/State",
        "ErrorBudgets/Model",
        "Semantic/Lookups",
        "Comparers",
        "Semantic/Lifetimes",
        "Semantic/Requests",
        "Semantic/Words",
        "Semantic/Entries",
        "Semantic/Entries/Answers",

        // The store that shares and remembers.
        "Journals",

        // Embeddings.
        "Embeddings",
        "Embeddings/Generation",
        "Embeddings/Storage",
        "Embeddings/Flights",
        "Embeddings/Codecs",
        "Embeddings/Keys",

        // The store in memory.
        "VectorStores/InMemory",
        "VectorStores/InMemory/Scanning",
        "VectorStores/InMemory/Training",
        "VectorStores/InMemory/Training/Pca",
        "VectorStores/InMemory/Rows",
        "VectorStores/InMemory/Pruning",
        "VectorStores/InMemory/Capacity",
        "VectorStores/InMemory/Kernels",
        "VectorStores/InMemory/Memory",

        // The lexical guard.
        "Guards/Lexical",
        "Guards/Lexical/Rules",
        "Guards/Lexical/Rules/Names",
        "Guards/Lexical/Rules/Numbers",
        "Guards/Lexical/Order",
        "Guards/Lexical/Facts",
        "Guards/Lexical/Text",
        "Guards/Lexical/Text/Scanning",
        "Guards/Lexical/Words/Languages",
        "Guards/Lexical/Words",
        "Guards/Lexical/Words/Languages/Latin",
        "Guards/Lexical/Words/Languages/OwnScript",

        // What everything stands on.
        "Money",
        "Protection",
        "Calibration/Statistics",
        "Diagnostics",
        "Contract/Batches",
        "Contract/Settings",
        "Contract/Explanations",
        "Contract/Transfers",
        "Contract",
        "Contract/Decisions",
        "Contract/Lifetimes",
        "Contract/Money",
        "Contract/Embeddings",
        "Contract/Journals",
        "Contract/Protection",
        "VectorStores",
        "Internal/Envelopes",
        "Internal/Digests",
        "Internal/Faults",
        "Internal/Limits",
        "Internal/Text",
        "Internal",
    ];

    private static readonly string[] Pipeline =
    [
        "DependencyInjection",
        "",
        "Running",
        "Prompting",
        "Ingestion",
        "Selection",
        "Models",
        "Reranking",
        "Caching",
        "Retrieval",
        "Diagnostics",
        "Faults",
        "Contract",
    ];

    private static readonly string[] Onnx =
    [
        "DependencyInjection",
        "",
        "Running",
        "Files",
        "Tokenization",
        "Diagnostics",
        "Contract",
    ];

    private static readonly string[] MiniLM =
    [
        "DependencyInjection",
        "",
    ];

    private static readonly string[] Sqlite =
    [
        "DependencyInjection",
        "",
        "Embeddings",
        "Leases",
        "Writing",
        "Reading",
        "Files",
        "Contract",
    ];

    private static readonly string[] Redis =
    [
        "DependencyInjection",
        "",
        "Reading",
        "Scripts",
        "Values",
        "Contract",
    ];

    private static readonly string[] Postgres =
    [
        "DependencyInjection",
        "",
        "Writing",
        "Reading",
        "Database",
        "Contract",
    ];

    private static readonly string[] DataProtection =
    [
        "DependencyInjection",
        "",
    ];

    private static readonly string[] AspNetCore =
    [
        "DependencyInjection",
        "Page",
        "Endpoints",
        "Health",
        "Replies",
        "Requests",
        "Decisions",
        "Contract",
    ];

    private static readonly string[] Import =
    [
        "",
        "Databases",
        "Csv",
        "Json",
        "Values",
        "Contract",
    ];

    private static readonly string[] Agents = [""];

    private static readonly string[] OpenTelemetry = [""];

    private static readonly string[] VectorData =
    [
        "DependencyInjection",
        "",
        "Searching",
        "Collections",
        "Filters",
        "Records",
        "Diagnostics",
        "Contract",
    ];

    private static readonly string[] Testing =
    [
        "Conformance",
        "Conformance/Stores",
        "Conformance/Journals",
        "Conformance/Checks",
        "Models",
    ];

    /// <summary>The projects that are shipped.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        "RagCaching",
        "RagCaching.Agents",
        "RagCaching.AspNetCore",
        "RagCaching.DataProtection",
        "RagCaching.Import",
        "RagCaching.Onnx",
        "RagCaching.Onnx.MiniLM",
        "RagCaching.OpenTelemetry",
        "RagCaching.Pipeline",
        "RagCaching.Postgres",
        "RagCaching.Redis",
        "RagCaching.Sqlite",
        "RagCaching.Testing",
        "RagCaching.VectorData",
    ];

    public static IReadOnlyList<string> Of(string project) => project switch
    {
        "RagCaching" => Core,
        "RagCaching.Pipeline" => Pipeline,
        "RagCaching.Agents" => Agents,
        "RagCaching.Onnx" => Onnx,
        "RagCaching.Onnx.MiniLM" => MiniLM,
        "RagCaching.Sqlite" => Sqlite,
        "RagCaching.Redis" => Redis,
        "RagCaching.Postgres" => Postgres,
        "RagCaching.DataProtection" => DataProtection,
        "RagCaching.AspNetCore" => AspNetCore,
        "RagCaching.Import" => Import,
        "RagCaching.VectorData" => VectorData,
        "RagCaching.Testing" => Testing,
        "RagCaching.OpenTelemetry" => OpenTelemetry,
        _ => throw new ArgumentOutOfRangeException(nameof(project), project, "The project has no floors yet: add them."),
    };
}

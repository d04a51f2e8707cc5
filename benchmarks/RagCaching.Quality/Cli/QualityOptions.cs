namespace RagCaching.Quality.Cli;

/// <summary>What the command line asks for.</summary>
internal sealed record QualityOptions
{
    /// <summary>Gets the command; <c>help</c> where there is none.</summary>
    public string Command { get; init; } = "help";

    /// <summary>Gets the folders and files to read.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    public IReadOnlyList<double> Budgets { get; init; } = [0.01, 0.02, 0.05];

    public int Orders { get; init; } = 20;

    /// <summary>Gets the seed of the first order, or of the first simulation; the others follow it.</summary>
    public int FirstSeed { get; init; }

    /// <summary>Gets how many questions are asked at most; <see langword="null"/> for what suits the traffic.</summary>
    public int? Requests { get; init; }

    /// <summary>Gets the share of answers that each order is about; 1 for all.</summary>
    public double AnswerShare { get; init; } = 1;

    /// <summary>Gets a value indicating whether easy questions are asked before hard ones.</summary>
    public bool EasyFirst { get; init; }

    public int Seeds { get; init; } = 200;

    public double Target { get; init; } = 0.98;

    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets a value indicating whether the baselines are run too.</summary>
    public bool Baselines { get; init; } = true;

    public bool UseGuard { get; init; }

    /// <summary>Gets <c>minilm</c> or the folder of the encoder of texts; <see langword="null"/> for the vectors and similarities of the inputs.</summary>
    public string? EncoderPath { get; init; }

    /// <summary>Gets the name of the vectors of folders, without its ending; <see langword="null"/> for the first by name.</summary>
    public string? VectorName { get; init; }

    /// <summary>Gets the file of the prior of error budgets; <see langword="null"/> for none.</summary>
    public string? PriorPath { get; init; }

    /// <summary>Gets the embedding model that a new prior is for.</summary>
    public string? ModelName { get; init; }

    /// <summary>Gets the file that a new prior is written to.</summary>
    public string? OutPath { get; init; }

    /// <summary>Gets the file of a picture of learning curves; <see langword="null"/> for none.</summary>
    public string? CurvesPath { get; init; }

    public string? JsonPath { get; init; }

    public string? HtmlPath { get; init; }
}

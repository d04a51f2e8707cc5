using System.Globalization;

namespace RagCaching.Contract.Decisions;

// A text of lines "name: value", in this order:
//
//   ragcaching-prior: 1
//   model, source: words
//   features: the names of the features
//   scale-means, scale-deviations: a number for each feature
//   means: a number for each weight, the intercept first
//   covariance: one line for each weight

/// <summary>Writes and reads <see cref="ErrorBudgetPrior"/>s.</summary>
internal static class PriorFile
{
    private const string Version = "1";
    private const string Head = "ragcaching-prior";
    private const double LeastDeviation = 0.001;

    public static void Write(ErrorBudgetPrior prior, TextWriter writer)
    {
        var numbers = prior.Numbers;
        Line(Head, Version);
        Line("model", prior.Model);
        Line("source", prior.Source);
        Line("features", string.Join(' ', PriorNumbers.Features));
        Line("scale-means", Join(numbers.ScaleMeans));
        Line("scale-deviations", Join(numbers.ScaleDeviations));
        Line("means", Join(numbers.Means));
        for (var row = 0; row < numbers.Means.Length; row++)
        {
            Line("covariance", Join(numbers.Covariance.AsSpan(row * numbers.Means.Length, numbers.Means.Length).ToArray()));
        }

        void Line(string name, string value) => writer.Write($"{name}: {value}\n");
        static string Join(double[] values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
    }

    public static ErrorBudgetPrior Read(TextReader reader)
    {
        var line = 0;
        var version = Value(Head);
        if (version != Version)
        {
            throw new FormatException($"This version of the library reads priors of version {Version}, but this one is of version {version}.");
        }

        var (model, source) = (Value("model"), Value("source"));
        var features = PriorNumbers.Features;
        var own = Value("features");
        if (own != string.Join(' ', features))
        {
            throw new FormatException($"Line {line}: this version of the library needs a prior over '{string.Join(' ', features)}', but this one is over '{own}'. Make it anew.");
        }

        var means = Numbers("scale-means", features.Length);
        var deviations = Numbers("scale-deviations", features.Length);
        if (Array.Exists(deviations, deviation => deviation < LeastDeviation))
        {
            throw new FormatException($"Line {line}: a deviation must be at least {LeastDeviation.ToString(CultureInfo.InvariantCulture)}.");
        }

        var weights = Numbers("means", features.Length + 1);
        double[] covariance = [.. Enumerable.Range(0, weights.Length).SelectMany(_ => Numbers("covariance", weights.Length))];
        return new ErrorBudgetPrior(model, source, new PriorNumbers(means, deviations, weights, covariance));

        string Value(string name)
        {
            line++;
            var text = reader.ReadLine();
            return text?.StartsWith($"{name}: ", StringComparison.Ordinal) == true
                ? text[(name.Length + 2)..]
                : throw new FormatException($"Line {line} of a prior must begin with '{name}: ', but {(text is null ? "the file ends before it" : "does not")}.");
        }

        double[] Numbers(string name, int count)
        {
            var texts = Value(name).Split(' ');
            var values = new double[texts.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                values[i] = double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                    ? value
                    : throw new FormatException($"Line {line}: '{texts[i]}' is no finite number.");
            }

            return values.Length == count ? values : throw new FormatException($"Line {line}: {name} must have {count} numbers, but has {values.Length}.");
        }
    }
}

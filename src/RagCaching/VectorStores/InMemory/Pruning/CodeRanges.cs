namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>Fits the ranges of codes to a sample of coordinates.</summary>
internal static class CodeRanges
{
    /// <summary>How much wider than the sample's own half range a range is: fewer outliers against coarser codes.</summary>
    private const double HalfRangeMargin = 1.15;

    /// <summary>The least half range in standard deviations, for small samples whose ends say little.</summary>
    private const double LeastDeviations = 4.2;

    /// <summary>As <see cref="LeastDeviations"/> for axis 0, whose range is narrow anyway and which no error may leave.</summary>
    private const double LeastDeviationsOfMean = 6;

    private const double LeastHalfRange = 1e-4;

    /// <summary>How much larger than the sample's largest an error may be.</summary>
    private const double ErrorMargin = 1.2;

    /// <summary>The same for stage 4, which has the most axes and so the most that may be outside, and which hardly any vector gets to.</summary>
    private const double LastErrorMargin = 1.5;

    private const double LeastError = 1e-6;

    /// <summary>How far a tail's range goes beyond the sample's, as a share of it.</summary>
    private const double TailMargin = 0.3;

    /// <summary>The tail of a vector that no axis covers, and a little for rounding.</summary>
    private const double LongestTail = 1.001;

    /// <summary>Fits a range to every axis.</summary>
    public static Quantizer[] OfAxes(ReadOnlySpan<float> sample, SketchLayout layout)
    {
        var ranges = new Quantizer[layout.Axes];
        for (var axis = 0; axis < ranges.Length; axis++)
        {
            ranges[axis] = OfAxis(sample, axis, layout.Axes);
        }

        return ranges;
    }

    /// <summary>Fits a range to the tails of every stage.</summary>
    public static Quantizer[] OfTails(ReadOnlySpan<float> sample, SketchLayout layout)
    {
        var ranges = new Quantizer[SketchLayout.Stages];
        for (var stage = 0; stage < ranges.Length; stage++)
        {
            var tails = TailsAt(sample, layout, Math.Max(0, layout.AxesAt(stage)));
            var (lowest, highest, mean) = (tails.Min(), tails.Max(), tails.Average());
            var margin = TailMargin * (highest - lowest);
            var wide = LeastDeviations * Math.Sqrt(tails.Average(tail => (tail - mean) * (tail - mean)));
            var from = Math.Max(0, Math.Min(lowest - margin, mean - wide));
            ranges[stage] = Quantizer.Over(from, Math.Min(LongestTail, Math.Max(highest + margin, mean + wide)));
        }

        return ranges;
    }

    private static double[] TailsAt(ReadOnlySpan<float> sample, SketchLayout layout, int axes)
    {
        var tails = new double[sample.Length / layout.Axes];
        for (var i = 0; i < tails.Length; i++)
        {
            tails[i] = SketchEncoding.TailOf(SumOfSquares(sample.Slice(i * layout.Axes, axes)));
        }

        return tails;
    }

    /// <summary>Chooses the largest rounding error of every stage.</summary>
    public static double[] LargestErrors(ReadOnlySpan<float> sample, ReadOnlySpan<Quantizer> axes, SketchLayout layout)
    {
        var squares = new double[SketchLayout.Stages];
        for (var i = 0; i < sample.Length; i += layout.Axes)
        {
            var (stage, sum) = (0, 0.0);
            for (var axis = 1; axis < Math.Max(SketchLayout.StripesAxes, layout.RowBytes - 1); axis++)
            {
                double coordinate = sample[i + axis];
                var error = coordinate - axes[axis].ValueOf(axes[axis].Nearest(coordinate));
                sum += error * error;
                if (axis + 1 == layout.AxesAt(stage))
                {
                    squares[stage] = Math.Max(squares[stage], sum);
                    stage++;
                }
            }
        }

        // Where the axes hardly matter, the floor keeps rounding noise from making outliers.
        return [.. squares.Select(static (square, stage) => ((stage < SketchLayout.Stripes ? ErrorMargin : LastErrorMargin) * Math.Sqrt(square)) + LeastError)];
    }

    /// <summary>Finds the norm that nine tenths of the sample's tails after the stripes stay below.</summary>
    public static double LongTail(ReadOnlySpan<float> sample, SketchLayout layout)
    {
        var tails = TailsAt(sample, layout, SketchLayout.StripesAxes);
        Array.Sort(tails);
        return tails[tails.Length * 9 / 10];
    }

    private static Quantizer OfAxis(ReadOnlySpan<float> sample, int axis, int stride)
    {
        double sum = 0, squares = 0, lowest = double.MaxValue, highest = double.MinValue;
        var count = sample.Length / stride;
        for (var i = axis; i < sample.Length; i += stride)
        {
            double value = sample[i];
            sum += value;
            squares += value * value;
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
        }

        var mean = sum / count;
        var deviation = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
        var halfRange = (highest - lowest) / 2;
        var wide = (axis == 0 ? LeastDeviationsOfMean : LeastDeviations) * deviation;
        var centre = halfRange > wide ? (highest + lowest) / 2 : mean;
        var half = Math.Max(wide, halfRange * HalfRangeMargin) + LeastHalfRange;
        return Quantizer.Over(centre - half, centre + half);
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}

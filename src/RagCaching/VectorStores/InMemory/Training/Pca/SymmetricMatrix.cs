namespace RagCaching.VectorStores.InMemory.Training.Pca;

/// <summary>Diagonalises small symmetric matrices.</summary>
internal static class SymmetricMatrix
{
    private const int MaxSweeps = 12;
    private const double Negligible = 1e-12;

    /// <summary>Computes the eigenvectors, that of the largest eigenvalue first.</summary>
    /// <param name="matrix">The matrix, <c>n × n</c>, row-major; overwritten.</param>
    /// <param name="n">The number of rows.</param>
    /// <returns>One eigenvector per row, <c>n × n</c>.</returns>
    /// <remarks>
    /// Cyclic Jacobi rotations, O(n³) for each of a handful of sweeps. Source: Golub and Van Loan, "Matrix Computations", 4th edition, §8.5.
    /// </remarks>
    public static double[] EigenvectorsByDescendingValue(double[] matrix, int n)
    {
        var vectors = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = 1;
        }

        for (var sweep = 0; sweep < MaxSweeps && Sweep(matrix, vectors, n); sweep++)
        {
        }

        var order = Enumerable.Range(0, n).OrderByDescending(i => matrix[(i * n) + i]).ToArray();
        var ordered = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            vectors.AsSpan(order[i] * n, n).CopyTo(ordered.AsSpan(i * n));
        }

        return ordered;
    }

    /// <returns>Whether anything was left to rotate.</returns>
    private static bool Sweep(double[] matrix, double[] vectors, int n)
    {
        var rotated = false;
        for (var p = 0; p < n; p++)
        {
            for (var q = p + 1; q < n; q++)
            {
                var off = matrix[(p * n) + q];
                var first = matrix[(p * n) + p];
                var second = matrix[(q * n) + q];
                if (Math.Abs(off) <= Negligible * Math.Sqrt(Math.Abs(first * second)))
                {
                    continue;
                }

                rotated = true;
                var theta = (second - first) / (2 * off);
                var tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
                Rotate(matrix, vectors, n, p, q, cosine, tangent * cosine);
            }
        }

        return rotated;
    }

    private static void Rotate(double[] matrix, double[] vectors, int n, int p, int q, double cosine, double sine)
    {
        // Columns, then rows; the matrix stays symmetric. The eigenvectors are kept as rows, so theirs are rows too.
        for (var k = 0; k < n; k++)
        {
            var row = matrix.AsSpan(k * n, n);
            (row[p], row[q]) = ((cosine * row[p]) - (sine * row[q]), (sine * row[p]) + (cosine * row[q]));
        }

        RotateRows(matrix.AsSpan(p * n, n), matrix.AsSpan(q * n, n), cosine, sine);
        RotateRows(vectors.AsSpan(p * n, n), vectors.AsSpan(q * n, n), cosine, sine);
    }

    private static void RotateRows(Span<double> first, Span<double> second, double cosine, double sine)
    {
        for (var k = 0; k < first.Length; k++)
        {
            (first[k], second[k]) = ((cosine * first[k]) - (sine * second[k]), (sine * first[k]) + (cosine * second[k]));
        }
    }
}

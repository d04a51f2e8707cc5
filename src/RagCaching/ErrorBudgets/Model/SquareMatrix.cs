namespace RagCaching.ErrorBudgets.Model;

/// <summary>The little linear algebra that a fit with a few features needs; matrices are row-major.</summary>
internal static class SquareMatrix
{
    private const double SmallestPivot = 1e-14;

    /// <summary>Replaces the lower triangle of a symmetric matrix by its Cholesky factor L, so that L Lᵀ is the matrix.</summary>
    /// <returns>Whether the matrix is positive definite; if not, its content is undefined.</returns>
    public static bool TryFactor(Span<double> matrix, int size)
    {
        for (var column = 0; column < size; column++)
        {
            var pivot = matrix[(column * size) + column] - DotOfRows(matrix, size, column, column, column);
            if (!(pivot > SmallestPivot))
            {
                return false;
            }

            var root = Math.Sqrt(pivot);
            matrix[(column * size) + column] = root;
            for (var row = column + 1; row < size; row++)
            {
                matrix[(row * size) + column] = (matrix[(row * size) + column] - DotOfRows(matrix, size, row, column, column)) / root;
            }
        }

        return true;
    }

    /// <summary>Replaces b by the solution x of L Lᵀ x = b.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int size, Span<double> b)
    {
        for (var row = 0; row < size; row++)
        {
            for (var k = 0; k < row; k++)
            {
                b[row] -= factor[(row * size) + k] * b[k];
            }

            b[row] /= factor[(row * size) + row];
        }

        for (var row = size - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < size; k++)
            {
                b[row] -= factor[(k * size) + row] * b[k];
            }

            b[row] /= factor[(row * size) + row];
        }
    }

    /// <summary>Computes the inverse of L Lᵀ.</summary>
    public static double[] Invert(ReadOnlySpan<double> factor, int size)
    {
        // The inverse is symmetric, so a solved column can be written as a row.
        var inverse = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            var row = inverse.AsSpan(i * size, size);
            row[i] = 1;
            Solve(factor, size, row);
        }

        return inverse;
    }

    /// <summary>Computes xᵀ M x.</summary>
    public static double Quadratic(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var row = 0; row < x.Length; row++)
        {
            sum += x[row] * Dot(matrix.Slice(row * x.Length, x.Length), x);
        }

        return sum;
    }

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        // Not vectorised: the order of additions is part of the result, which must be the same everywhere.
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    private static double DotOfRows(ReadOnlySpan<double> matrix, int size, int row, int other, int length) =>
        Dot(matrix.Slice(row * size, length), matrix.Slice(other * size, length));
}

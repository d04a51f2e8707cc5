using System.Globalization;
using System.Linq.Expressions;

namespace RagCaching.VectorData.Tests.Memory;

/// <summary>Applies a filter by walking over its expression, as connectors translate it, without compiling anything.</summary>
internal static class FilterEvaluator
{
    public static bool Selects(Expression<Func<Record, bool>> filter, Record record) => (bool)ValueOf(filter.Body, record)!;

    private static object? ValueOf(Expression expression, Record record) => expression switch
    {
        ConstantExpression constant => constant.Value,
        UnaryExpression { NodeType: ExpressionType.Convert } convert => ValueOf(convert.Operand, record),
        MethodCallExpression { Method.Name: "get_Item", Object: ParameterExpression, Arguments: [var name] } => record[(string)ValueOf(name, record)!],
        MethodCallExpression { Method.Name: "Contains", Object: { } list, Arguments: [var item] } => ((List<string>)ValueOf(list, record)!).Contains((string)ValueOf(item, record)!),
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => (bool)ValueOf(both.Left, record)! && (bool)ValueOf(both.Right, record)!,
        BinaryExpression comparison => Holds(comparison.NodeType, ValueOf(comparison.Left, record), ValueOf(comparison.Right, record)),
        _ => throw new NotSupportedException($"No filter may have {expression.NodeType}."),
    };

    private static bool Holds(ExpressionType comparison, object? left, object? right) => comparison switch
    {
        ExpressionType.Equal => Equals(left, right),
        ExpressionType.GreaterThan => Compare(left, right) > 0,
        ExpressionType.GreaterThanOrEqual => Compare(left, right) >= 0,
        ExpressionType.LessThan => Compare(left, right) < 0,
        ExpressionType.LessThanOrEqual => Compare(left, right) <= 0,
        _ => throw new NotSupportedException($"No filter may have {comparison}."),
    };

    private static int Compare(object? left, object? right) => Convert.ToInt64(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToInt64(right, CultureInfo.InvariantCulture));
}

using System.Linq.Expressions;
using Npgsql;

namespace RagCaching.VectorData.Tests.Postgres;

/// <summary>Translates a filter to SQL with parameters.</summary>
internal static class SqlFilter
{
    public static string Translate(Expression expression, NpgsqlParameterCollection parameters) => expression switch
    {
        LambdaExpression lambda => Translate(lambda.Body, parameters),
        ConstantExpression constant => Parameter(constant.Value!, parameters),
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Translate(convert.Operand, parameters),
        MethodCallExpression { Method.Name: "get_Item", Object: ParameterExpression, Arguments: [ConstantExpression { Value: string name }] } => $"\"{name}\"",
        MethodCallExpression { Method.Name: "Contains", Object: { } list, Arguments: [var item] } => $"{Translate(item, parameters)} = any({Translate(list, parameters)})",
        BinaryExpression both => $"({Translate(both.Left, parameters)} {OperatorOf(both.NodeType)} {Translate(both.Right, parameters)})",
        _ => throw new NotSupportedException($"No filter may have {expression.NodeType}."),
    };

    private static string Parameter(object value, NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter { Value = value });
        return $"${parameters.Count}";
    }

    private static string OperatorOf(ExpressionType type) => type switch
    {
        ExpressionType.AndAlso => "and",
        ExpressionType.Equal => "=",
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        _ => throw new NotSupportedException($"No filter may have {type}."),
    };
}

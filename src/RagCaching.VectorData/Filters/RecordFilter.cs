using System.Linq.Expressions;
using System.Reflection;

namespace RagCaching.VectorData.Filters;

/// <summary>Conditions on the fields of a record, all of which must hold, as the expression that connectors translate. Immutable.</summary>
/// <remarks>
/// Only what every connector with filters translates: a field, taken from the dictionary and converted to its type, compared with a constant, and lists that contain one. Constants are digests and
/// numbers, so nothing in them needs escaping. The expression is never compiled, so it works under Native AOT.
/// </remarks>
internal sealed class RecordFilter
{
    private static readonly ParameterExpression Parameter = Expression.Parameter(typeof(Record), "record");
    private static readonly MethodInfo GetItem = typeof(Record).GetMethod("get_Item", [typeof(string)])!;
    private static readonly MethodInfo ListContains = typeof(List<string>).GetMethod(nameof(List<>.Contains), [typeof(string)])!;

    private readonly Expression? _body;

    private RecordFilter(Expression? body) => _body = body;

    /// <summary>Gets the filter without conditions. It cannot be asked of a store.</summary>
    public static RecordFilter Empty { get; } = new(null);

    public RecordFilter Equal(string field, string value) => And(Expression.Equal(Field<string>(field), Expression.Constant(value)));

    public RecordFilter Equal(string field, long value) => And(Expression.Equal(Field<long>(field), Expression.Constant(value)));

    public RecordFilter Above(string field, long value) => And(Expression.GreaterThan(Field<long>(field), Expression.Constant(value)));

    public RecordFilter AtLeast(string field, long value) => And(Expression.GreaterThanOrEqual(Field<long>(field), Expression.Constant(value)));

    public RecordFilter AtMost(string field, long value) => And(Expression.LessThanOrEqual(Field<long>(field), Expression.Constant(value)));

    public RecordFilter Below(string field, long value) => And(Expression.LessThan(Field<long>(field), Expression.Constant(value)));

    public RecordFilter Has(string field, string value) => And(Expression.Call(Field<List<string>>(field), ListContains, Expression.Constant(value)));

    /// <summary>Makes the expression.</summary>
    public Expression<Func<Record, bool>> ToExpression() =>
        Expression.Lambda<Func<Record, bool>>(_body ?? throw new InvalidOperationException("The filter has no conditions."), Parameter);

    private static UnaryExpression Field<T>(string name) => Expression.Convert(Expression.Call(Parameter, GetItem, Expression.Constant(name)), typeof(T));

    private RecordFilter And(Expression condition) => new(_body is null ? condition : Expression.AndAlso(_body, condition));
}

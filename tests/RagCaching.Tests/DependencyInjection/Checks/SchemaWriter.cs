using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RagCaching.Tests.DependencyInjection.Checks;

/// <summary>Writes the JSON schema of options classes, with their documentation.</summary>
/// <param name="assembly">The assembly of the options, beside which its documentation lies.</param>
/// <param name="ranges">The ranges that rules in code hold, by type and property: smallest, whether it is itself too small, largest.</param>
internal sealed partial class SchemaWriter(Assembly assembly, IReadOnlyDictionary<string, (double Minimum, bool IsExcluded, double Maximum)> ranges)
{
    /// <summary>Times that .NET reads as something that nobody means do not fit: bare numbers and hours beyond 23.</summary>
    private const string Time = @"^-?([0-9]{1,8}\.)?([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9](\.[0-9]{1,7})?)?$";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private readonly Dictionary<string, XElement> _documentation = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>Makes the schema of a configuration with one section.</summary>
    public static string Write(string section, JsonObject schema) =>
        new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { [section] = schema } }.ToJsonString(Written) + "\n";

    /// <summary>Makes the schema of a class.</summary>
    /// <param name="shape">The class that configuration is bound to.</param>
    /// <param name="documented">The class with the documentation; by default the same.</param>
    public JsonObject Section(Type shape, Type? documented = null)
    {
        var properties = new JsonObject();
        foreach (var property in shape.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsBindable))
        {
            properties[property.Name] = Of(property, (documented ?? shape).GetProperty(property.Name)!);
        }

        return new JsonObject { ["type"] = "object", ["description"] = Describe($"T:{(documented ?? shape).FullName}"), ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static bool IsBindable(PropertyInfo property) =>
        !typeof(Delegate).IsAssignableFrom(property.PropertyType)
        && (!property.PropertyType.IsInterface || typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
        && (property.SetMethod?.IsPublic == true || property.PropertyType.IsClass || property.PropertyType.IsInterface);

    private JsonObject Of(PropertyInfo property, PropertyInfo documented)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var schema = ValueOf(type, Nullable.GetUnderlyingType(documented.PropertyType) ?? documented.PropertyType);
        var text = Describe($"P:{documented.DeclaringType!.FullName}.{documented.Name}");
        schema.Remove("description");
        schema.Insert(1, "description", text);
        if (schema["type"]!.GetValue<string>() is "number" or "integer")
        {
            AddRange(schema, documented, type);
        }

        if (documented.GetCustomAttribute<StringLengthAttribute>() is { } length)
        {
            AddLength(schema, length);
        }

        return schema;
    }

    private JsonObject ValueOf(Type type, Type documented) =>
        type == typeof(string) ? new JsonObject { ["type"] = "string" }
        : type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
        : type == typeof(int) || type == typeof(long) ? new JsonObject { ["type"] = "integer" }
        : type == typeof(float) || type == typeof(double) || type == typeof(decimal) ? new JsonObject { ["type"] = "number" }
        : type == typeof(TimeSpan) ? new JsonObject { ["type"] = "string", ["pattern"] = Time }
        : type.IsEnum ? new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => JsonValue.Create(name))]) }
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? new JsonObject { ["type"] = "object", ["additionalProperties"] = ValueOf(type.GenericTypeArguments[1], type.GenericTypeArguments[1]) }
        : type.IsGenericType ? new JsonObject { ["type"] = "array", ["items"] = ValueOf(type.GenericTypeArguments[0], type.GenericTypeArguments[0]) }
        : Section(type, documented);

    private void AddRange(JsonObject schema, PropertyInfo property, Type type)
    {
        if (ranges.TryGetValue($"{property.DeclaringType!.Name}.{property.Name}", out var known))
        {
            schema[known.IsExcluded ? "exclusiveMinimum" : "minimum"] = known.Minimum;
            schema["maximum"] = known.Maximum;
            return;
        }

        var range = property.GetCustomAttribute<RangeAttribute>() ?? throw new InvalidOperationException($"The range of {property.DeclaringType.Name}.{property.Name} is not known: add a [Range], or the rule to the test.");
        schema["minimum"] = Number(range.Minimum);

        // A bound that a double cannot tell from the next number is none.
        if (type != typeof(long))
        {
            schema["maximum"] = Number(range.Maximum);
        }
    }

    private static JsonValue Number(object value) => value is double number ? JsonValue.Create(number) : JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture));

    private static void AddLength(JsonObject schema, StringLengthAttribute length)
    {
        if (length.MinimumLength > 0)
        {
            schema["minLength"] = length.MinimumLength;
        }

        if (length.MaximumLength < int.MaxValue)
        {
            schema["maxLength"] = length.MaximumLength;
        }
    }

    private string Describe(string member)
    {
        if (!_documentation.TryGetValue(member, out var documentation))
        {
            return "";
        }

        var text = string.Join(" ", new[] { documentation.Element("summary"), documentation.Element("value") }.OfType<XElement>().Select(Plain));
        text = Verb().Replace(text, "");
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string Plain(XElement element)
    {
        foreach (var reference in element.Descendants().Where(node => node.Attribute("cref") is not null || node.Attribute("langword") is not null).ToArray())
        {
            reference.ReplaceWith(reference.Attribute("langword")?.Value ?? Blanks().Replace(ShortName(reference.Attribute("cref")!.Value), " "));
        }

        return Blanks().Replace(element.Value, " ").Trim();
    }

    private static string ShortName(string reference)
    {
        var parts = reference[2..].Split('(')[0].Split('.');
        return reference[0] == 'T' ? parts[^1] : string.Join('.', parts[^2..]);
    }

    [GeneratedRegex("^Gets (or sets )?(a value indicating )?")]
    private static partial Regex Verb();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

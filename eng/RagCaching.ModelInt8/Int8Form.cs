using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace RagCaching.ModelInt8;

/// <summary>Turns constant matrices and tables of a model into int8.</summary>
/// <remarks>
/// Matrices have one scale for each column and are multiplied by ONNX Runtime's <c>DynamicQuantizeMatMul</c>, which rounds its other operand to 8 bits by itself; tables have one for each row. Weights
/// of matrices use 7 of the 8 bits: without VNNI instructions the sum of two products must fit into 16 bits, and a model is to mean the same on every processor.
/// </remarks>
internal static class Int8Form
{
    /// <summary>Tables with fewer rows, such as that of the positions, are not worth the additional steps.</summary>
    public const int LeastRows = 2_000;

    private const string RuntimeDomain = "com.microsoft";
    private const int MatrixLevels = 63;
    private const int TableLevels = 127;

    /// <summary>Changes a model in place.</summary>
    /// <returns>The number of matrix products and of look-ups that changed.</returns>
    public static (int Matrices, int Tables) Apply(ModelProto model)
    {
        var graph = model.Graph;
        var constants = graph.Initializer.Where(constant => constant is { DataType: (int)TensorProto.Types.DataType.Float, Dims.Count: 2 }).ToDictionary(constant => constant.Name);
        var made = new HashSet<string>();
        var nodes = new List<NodeProto>();
        var (matrices, tables) = (0, 0);
        foreach (var node in graph.Node)
        {
            if (node.OpType == "MatMul" && constants.TryGetValue(node.Input[1], out var matrix))
            {
                matrices++;
                AddInt8(graph, matrix, byRow: false, MatrixLevels, made);
                var product = NodeOf("DynamicQuantizeMatMul", node.Output[0], node.Input[0], Int8Of(matrix), ScaleOf(matrix));
                product.Domain = RuntimeDomain;
                nodes.Add(product);
            }
            else if (node.OpType == "Gather" && constants.TryGetValue(node.Input[0], out var table) && table.Dims[0] >= LeastRows && node.Attribute.All(attribute => attribute is { Name: "axis", I: 0 }))
            {
                tables++;
                AddInt8(graph, table, byRow: true, TableLevels, made);
                nodes.AddRange(LookUp(table, node.Input[1], node.Output[0]));
            }
            else
            {
                nodes.Add(node);
            }
        }

        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        RemoveUnused(graph);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = RuntimeDomain, Version = 1 });
        return (matrices, tables);
    }

    private static NodeProto[] LookUp(TensorProto table, string ids, string output)
    {
        var (rows, numbers, scales) = (output + ".rows", output + ".numbers", output + ".scales");
        var cast = NodeOf("Cast", numbers, rows);
        cast.Attribute.Add(new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = (int)TensorProto.Types.DataType.Float });
        return [NodeOf("Gather", rows, Int8Of(table), ids), cast, NodeOf("Gather", scales, ScaleOf(table), ids), NodeOf("Mul", output, numbers, scales)];
    }

    private static void AddInt8(GraphProto graph, TensorProto weights, bool byRow, int levels, HashSet<string> made)
    {
        if (!made.Add(weights.Name))
        {
            return;
        }

        var (rows, columns) = (checked((int)weights.Dims[0]), checked((int)weights.Dims[1]));
        float[] values = weights.RawData.Length > 0 ? MemoryMarshal.Cast<byte, float>(weights.RawData.Span).ToArray() : [.. weights.FloatData];
        if (values.Length != (long)rows * columns)
        {
            throw new InvalidDataException($"{weights.Name} has {values.Length} numbers, but its shape is {rows} x {columns}. Export the model into one file.");
        }

        var scales = new float[byRow ? rows : columns];
        for (var i = 0; i < values.Length; i++)
        {
            ref var scale = ref scales[byRow ? i / columns : i % columns];
            scale = Math.Max(scale, Math.Abs(values[i]) / levels);
        }

        var numbers = new byte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var scale = scales[byRow ? i / columns : i % columns];
            numbers[i] = scale == 0 ? (byte)0 : (byte)(sbyte)Math.Clamp(MathF.Round(values[i] / scale), -levels, levels);
        }

        graph.Initializer.Add(TensorOf(Int8Of(weights), TensorProto.Types.DataType.Int8, ByteString.CopyFrom(numbers), weights.Dims));
        graph.Initializer.Add(TensorOf(ScaleOf(weights), TensorProto.Types.DataType.Float, ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(scales)), byRow ? [rows, 1] : [columns]));
    }

    private static void RemoveUnused(GraphProto graph)
    {
        HashSet<string> used = [.. graph.Node.SelectMany(node => node.Input), .. graph.Output.Select(output => output.Name)];
        foreach (var constant in graph.Initializer.Where(constant => !used.Contains(constant.Name)).ToArray())
        {
            graph.Initializer.Remove(constant);

            // Old exports list their constants among the inputs.
            foreach (var input in graph.Input.Where(input => input.Name == constant.Name).ToArray())
            {
                graph.Input.Remove(input);
            }
        }
    }

    private static string Int8Of(TensorProto weights) => weights.Name + ".int8";

    private static string ScaleOf(TensorProto weights) => weights.Name + ".scale";

    private static NodeProto NodeOf(string kind, string output, params string[] inputs)
    {
        var node = new NodeProto { OpType = kind, Name = $"{kind}/{output}" };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private static TensorProto TensorOf(string name, TensorProto.Types.DataType type, ByteString content, IEnumerable<long> shape)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = content };
        tensor.Dims.AddRange(shape);
        return tensor;
    }
}

namespace RagCaching.Quality.Tests.Encoding;

/// <summary>Writes ONNX models of a few nodes, so that no model has to be kept with the tests. The numbers are the field numbers of onnx.proto.</summary>
internal static class TinyModel
{
    public const int Float = 1;
    public const int Int64 = 7;

    /// <summary>Gets a model whose only dimension is the highest id of a text, whatever the text is padded with.</summary>
    public static byte[] HighestId() => Model(
        [Tensor("input_ids", Int64, "batch", "sequence"), Tensor("attention_mask", Int64, "batch", "sequence")],
        [Tensor("sentence_embedding", Float, "batch", "one")],
        Node("Mul", ["input_ids", "attention_mask"], "counted"),
        Node("Cast", ["counted"], "numbers", Integer("to", Float)),
        Node("ReduceMax", ["numbers"], "sentence_embedding", Integers("axes", 1), Integer("keepdims", 1)));

    /// <summary>Gets a model that returns the ids themselves: its dimensions change with the longest text of a batch.</summary>
    public static byte[] Echo() => Model(
        [Tensor("input_ids", Int64, "batch", "sequence"), Tensor("attention_mask", Int64, "batch", "sequence")],
        [Tensor("sentence_embedding", Float, "batch", "sequence")],
        Node("Mul", ["input_ids", "attention_mask"], "counted"),
        Node("Cast", ["counted"], "sentence_embedding", Integer("to", Float)));

    /// <summary>Gets a model of one node that copies the first input to the output.</summary>
    public static byte[] Copy(string output, int type, params string[] inputs) => Model(
        [.. inputs.Select(input => Tensor(input, type, "batch", "sequence"))], [Tensor(output, type, "batch", "sequence")], Node("Identity", [inputs[0]], output));

    private static byte[] Model(byte[][] inputs, byte[][] outputs, params byte[][] nodes)
    {
        byte[] graph = [.. nodes.SelectMany(node => Message(1, node)), .. Text(2, "tiny"), .. inputs.SelectMany(input => Message(11, input)), .. outputs.SelectMany(output => Message(12, output))];
        return [.. Number(1, 8), .. Message(7, graph), .. Message(8, [.. Text(1, ""), .. Number(2, 13)])];
    }

    private static byte[] Node(string kind, string[] inputs, string output, params byte[][] attributes) =>
        [.. inputs.SelectMany(input => Text(1, input)), .. Text(2, output), .. Text(4, kind), .. attributes.SelectMany(attribute => Message(5, attribute))];

    private static byte[] Tensor(string name, int type, params string[] dimensions)
    {
        byte[] shape = [.. dimensions.SelectMany(dimension => Message(1, Text(2, dimension)))];
        return [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, type), .. Message(2, shape)]))];
    }

    private static byte[] Integer(string name, int value) => [.. Text(1, name), .. Number(3, value), .. Number(20, 2)];

    private static byte[] Integers(string name, int value) => [.. Text(1, name), .. Number(8, value), .. Number(20, 7)];

    private static byte[] Text(int field, string text) => Message(field, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. VarInt((field << 3) | 2), .. VarInt(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. VarInt(field << 3), .. VarInt(value)];

    private static byte[] VarInt(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. VarInt(value >> 7)];
}

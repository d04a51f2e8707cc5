using System.Buffers.Binary;

namespace RagCaching.Onnx.Tests.TestDoubles;

/// <summary>Writes ONNX models of a few nodes, so that no model has to be kept with the tests. The numbers are the field numbers of onnx.proto.</summary>
internal static class TinyModel
{
    public const int Float = 1;
    public const int Int64 = 7;

    private const string Table = "table";

    /// <summary>Gets the table of vectors (1, id).</summary>
    public static float[] Ids(int words) => [.. Enumerable.Range(0, words).SelectMany(id => (float[])[1, id])];

    /// <summary>Gets a model that looks up a vector for every token, and leaves pooling to others.</summary>
    /// <param name="table">The vectors, one for each token.</param>
    /// <param name="words">The number of tokens.</param>
    /// <param name="wantsTypes">Whether there is a third input.</param>
    /// <param name="output">The name of the output.</param>
    public static byte[] Tokens(float[] table, int words, bool wantsTypes = false, string output = "last_hidden_state") => Model(
        Inputs(wantsTypes),
        [Tensor(output, Float, "batch", "sequence", "dimensions")],
        [Values(Table, table, words, table.Length / words)],
        Node("Gather", [Table, "input_ids"], output));

    /// <summary>Gets a model that pools by itself: in every dimension the highest component of all tokens, whatever the text is padded with.</summary>
    public static byte[] Highest(float[] table, int words) => Model(
        Inputs(wantsTypes: false),
        [Tensor("sentence_embedding", Float, "batch", "dimensions")],
        [Values(Table, table, words, table.Length / words)],
        Node("Gather", [Table, "input_ids"], "tokens"),
        Node("ReduceMax", ["tokens"], "sentence_embedding", Integers("axes", 1), Integer("keepdims", 0)));

    /// <summary>Gets a model whose dimensions change with the longest text of a batch.</summary>
    public static byte[] Echo(int words) => Model(
        Inputs(wantsTypes: false),
        [Tensor("sentence_embedding", Float, "batch", "sequence")],
        [Values(Table, [.. Enumerable.Range(0, words).Select(id => 1f + id)], words)],
        Node("Gather", [Table, "input_ids"], "sentence_embedding"));

    /// <summary>Gets a model of one node that copies the first input to the output.</summary>
    public static byte[] Copy(string output, int type, params string[] inputs) => Model(
        [.. inputs.Select(input => Tensor(input, type, "batch", "sequence"))], [Tensor(output, type, "batch", "sequence")], [], Node("Identity", [inputs[0]], output));

    private static byte[][] Inputs(bool wantsTypes) =>
        [.. ((string[])["input_ids", "attention_mask", "token_type_ids"])[..(wantsTypes ? 3 : 2)].Select(input => Tensor(input, Int64, "batch", "sequence"))];

    private static byte[] Model(byte[][] inputs, byte[][] outputs, byte[][] values, params byte[][] nodes)
    {
        byte[] graph =
        [
            .. nodes.SelectMany(node => Message(1, node)), .. Text(2, "tiny"), .. values.SelectMany(value => Message(5, value)),
            .. inputs.SelectMany(input => Message(11, input)), .. outputs.SelectMany(output => Message(12, output)),
        ];
        return [.. Number(1, 8), .. Message(7, graph), .. Message(8, [.. Text(1, ""), .. Number(2, 13)])];
    }

    private static byte[] Node(string kind, string[] inputs, string output, params byte[][] attributes) =>
        [.. inputs.SelectMany(input => Text(1, input)), .. Text(2, output), .. Text(4, kind), .. attributes.SelectMany(attribute => Message(5, attribute))];

    private static byte[] Tensor(string name, int type, params string[] dimensions)
    {
        byte[] shape = [.. dimensions.SelectMany(dimension => Message(1, Text(2, dimension)))];
        return [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, type), .. Message(2, shape)]))];
    }

    private static byte[] Values(string name, float[] values, params int[] dimensions)
    {
        var raw = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
        }

        return [.. dimensions.SelectMany(dimension => Number(1, dimension)), .. Number(2, Float), .. Text(8, name), .. Message(9, raw)];
    }

    private static byte[] Integer(string name, int value) => [.. Text(1, name), .. Number(3, value), .. Number(20, 2)];

    private static byte[] Integers(string name, int value) => [.. Text(1, name), .. Number(8, value), .. Number(20, 7)];

    private static byte[] Text(int field, string text) => Message(field, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. VarInt((field << 3) | 2), .. VarInt(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. VarInt(field << 3), .. VarInt(value)];

    private static byte[] VarInt(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. VarInt(value >> 7)];
}

using Google.Protobuf;
using Onnx;
using RagCaching.ModelInt8;

// Makes the int8 form of a sentence encoder: the large matrices and the table of words in a quarter of their bytes.
const int Failed = 1, BadUsage = 2;
if (args is not [var from, var to] || Path.GetFullPath(from) == Path.GetFullPath(to))
{
    Console.Error.WriteLine("Usage: RagCaching.ModelInt8 <folder with model.onnx and vocab.txt> <another folder to write>");
    return BadUsage;
}

const string ModelFile = "model.onnx";
try
{
    var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(from, ModelFile)));
    var (matrices, tables) = Int8Form.Apply(model);
    if (matrices == 0)
    {
        Console.Error.WriteLine($"{Path.Combine(from, ModelFile)} multiplies by no constant matrix of single precision: it is no encoder, or is quantised already.");
        return Failed;
    }

    foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".txt" or ".json"))
    {
        var target = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target, overwrite: true);
    }

    Directory.CreateDirectory(to);
    File.WriteAllBytes(Path.Combine(to, ModelFile), model.ToByteArray());
    Console.WriteLine($"{Path.Combine(to, ModelFile)}: {matrices} matrices and {tables} tables in int8, {model.CalculateSize()} bytes");
    return 0;
}
catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or InvalidProtocolBufferException)
{
    Console.Error.WriteLine($"{from}: {exception.Message}");
    return Failed;
}

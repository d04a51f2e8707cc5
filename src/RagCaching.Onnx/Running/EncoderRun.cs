using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RagCaching.Onnx.Running;

/// <summary>The memory of one run of a model, for one run after the other. Not thread-safe.</summary>
internal sealed class EncoderRun : IDisposable
{
    private readonly EncoderModel _model;
    private readonly RunOptions _options = new();
    private readonly OrtValue[] _inputs;
    private readonly long[] _shape = new long[2];

    // Pinned, since the model reads them in place.
    private long[] _ids = [];
    private long[] _mask = [];
    private long[] _types = [];

    /// <summary>Makes room for a run.</summary>
    /// <param name="model">The model, which the run does not dispose.</param>
    /// <param name="capacity">How many places there are at first; there will be more if needed.</param>
    public EncoderRun(EncoderModel model, int capacity)
    {
        _model = model;
        _inputs = new OrtValue[model.Tensors.Inputs.Count];
        EnsureCapacity(capacity);
    }

    /// <summary>Encodes texts together.</summary>
    /// <param name="table">The ids of the texts.</param>
    /// <param name="texts">The numbers of the texts that run now.</param>
    /// <param name="vectors">Receives the vector of each at its number.</param>
    /// <exception cref="InvalidOperationException">The model fails, or returns something that is not a vector.</exception>
    public void Encode(TokenTable table, ReadOnlySpan<int> texts, float[][] vectors)
    {
        var width = 1;
        foreach (var text in texts)
        {
            width = Math.Max(width, table.LengthOf(text));
        }

        EnsureCapacity(checked(texts.Length * width));
        for (var row = 0; row < texts.Length; row++)
        {
            Write(table.IdsOf(texts[row]), row, width);
        }

        using var results = Run(texts.Length, width);
        var components = Checked(results[0], texts.Length, width);
        var dimensions = _model.Dimensions;
        var rowLength = components.Length / texts.Length;
        for (var row = 0; row < texts.Length; row++)
        {
            var vector = new float[dimensions];
            Pool.Into(vector, components.Slice(row * rowLength, rowLength), table.LengthOf(texts[row]), _model.Tensors.Pooling);
            vectors[texts[row]] = Finished(vector, texts[row]);
        }
    }

    /// <summary>Runs the model on one text and gets the number of components of its vectors.</summary>
    /// <exception cref="InvalidOperationException">The model fails, or returns something that is not a vector.</exception>
    public int Measure(ReadOnlySpan<int> ids)
    {
        Write(ids, row: 0, ids.Length);
        using var results = Run(rows: 1, ids.Length);
        var shape = results[0].GetTensorTypeAndShape().Shape;
        Checked(results[0], rows: 1, ids.Length, shape[^1]);
        return checked((int)shape[^1]);
    }

    public void Dispose() => _options.Dispose();

    private void Write(ReadOnlySpan<int> ids, int row, int width)
    {
        var start = row * width;
        for (var i = 0; i < ids.Length; i++)
        {
            _ids[start + i] = ids[i];
        }

        _mask.AsSpan(start, ids.Length).Fill(1);
        _ids.AsSpan(start + ids.Length, width - ids.Length).Fill(_model.Padding);
        _mask.AsSpan(start + ids.Length, width - ids.Length).Clear();
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(int rows, int width)
    {
        (_shape[0], _shape[1]) = (rows, width);
        try
        {
            for (var i = 0; i < _inputs.Length; i++)
            {
                var memory = i switch
                {
                    0 => _ids,
                    1 => _mask,
                    _ => _types,
                };
                _inputs[i] = OrtValue.CreateTensorValueWithData(
                    OrtMemoryInfo.DefaultInstance, TensorElementType.Int64, _shape, Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0), (long)rows * width * sizeof(long));
            }

            return _model.Run(_inputs, _options);
        }
        finally
        {
            foreach (var input in _inputs)
            {
                input?.Dispose();
            }
        }
    }

    private ReadOnlySpan<float> Checked(OrtValue result, int rows, int width) => Checked(result, rows, width, _model.Dimensions);

    private ReadOnlySpan<float> Checked(OrtValue result, int rows, int width, long dimensions)
    {
        var shape = result.GetTensorTypeAndShape().Shape;
        var isRight = dimensions > 0 && (_model.Tensors.Pooling == OnnxPooling.ModelOutput
            ? shape.AsSpan().SequenceEqual([rows, dimensions])
            : shape.AsSpan().SequenceEqual([rows, width, dimensions]));
        return isRight
            ? result.GetTensorDataAsSpan<float>()
            : throw new InvalidOperationException(
                $"{_model.Name}: {_model.Tensors.Output} of {rows} texts with {width} tokens must have {dimensions} components each, but its shape is {string.Join(" x ", shape)}. Export the model again.");
    }

    // A vector that is not finite, or has no direction, would be near to nothing or to everything.
    private float[] Finished(float[] vector, int text) => Pool.Finish(vector, _model.Settings.Normalize)
        ? vector
        : throw new InvalidOperationException(
            $"{_model.Name}: {_model.Tensors.Output} has components that are not finite numbers, or are all zero, for text {text} (from 0). The model is damaged, or knows none of the text's tokens.");

    private void EnsureCapacity(int capacity)
    {
        if (_ids.Length < capacity)
        {
            _ids = GC.AllocateUninitializedArray<long>(capacity, pinned: true);
            _mask = GC.AllocateUninitializedArray<long>(capacity, pinned: true);
            _types = GC.AllocateArray<long>(capacity, pinned: true);
        }
    }
}

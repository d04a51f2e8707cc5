using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RagCaching.Internal.Digests;

/// <summary>Collects parts and hashes them so that no two lists of parts can give the same input.</summary>
/// <remarks>
/// Every part is written as a tag byte, its length and its bytes, so ("ab", "c") and ("a", "bc") differ, and so do an absent
/// and an empty string. Text enters as its UTF-16 code units, unfolded: UTF-8 would map every unpaired surrogate to the same
/// replacement character and let two texts share a key.
/// </remarks>
internal ref struct DigestBuilder
{
    private const byte NullTag = 0;
    private const byte TextTag = 1;
    private const byte BytesTag = 2;
    private const byte IntegerTag = 3;
    private const byte NumberTag = 4;
    private const byte FlagTag = 5;

    // One that a thread has used and finished serves again: to set one up takes OpenSSL as long as hashing a short text.
    [ThreadStatic]
    private static IncrementalHash? _spareHash;

    // The same with a secret, of which a process seldom has more than one.
    [ThreadStatic]
    private static (byte[] Secret, IncrementalHash Hash)? _spareKeyedHash;

    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _length;

    /// <summary>Starts a digest of one kind of thing.</summary>
    /// <param name="scratch">Memory to use before any is rented; may be empty.</param>
    /// <param name="domain">What is being hashed, with a version: digests of different domains never meet.</param>
    public DigestBuilder(Span<byte> scratch, string domain)
    {
        _buffer = scratch;
        Add(domain);
    }

    /// <summary>Gets what was added, in the form in which it is hashed.</summary>
    public readonly ReadOnlySpan<byte> Input => _buffer[.._length];

    /// <summary>Adds a text, or the absence of one.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            Reserve(1)[0] = NullTag;
            return;
        }

        Add(text.AsSpan());
    }

    /// <summary>Adds a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        var destination = StartPart(TextTag, checked(text.Length * sizeof(char)));
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(text).CopyTo(destination);
            return;
        }

        for (var i = 0; i < text.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(i * sizeof(char))..], text[i]);
        }
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(StartPart(BytesTag, bytes.Length));

    /// <summary>Adds another digest.</summary>
    public void Add(Digest digest) => digest.CopyTo(StartPart(BytesTag, Digest.SizeInBytes));

    /// <summary>Adds a whole number, or the absence of one.</summary>
    public void Add(long? value)
    {
        if (value is null)
        {
            Reserve(1)[0] = NullTag;
            return;
        }

        BinaryPrimitives.WriteInt64LittleEndian(StartPart(IntegerTag, sizeof(long)), value.Value);
    }

    /// <summary>Adds a real number, or the absence of one.</summary>
    public void Add(double? value)
    {
        if (value is null)
        {
            Reserve(1)[0] = NullTag;
            return;
        }

        BinaryPrimitives.WriteDoubleLittleEndian(StartPart(NumberTag, sizeof(double)), value.Value);
    }

    /// <summary>Adds a yes or a no, or the absence of both.</summary>
    public void Add(bool? value)
    {
        if (value is null)
        {
            Reserve(1)[0] = NullTag;
            return;
        }

        StartPart(FlagTag, 1)[0] = value.Value ? (byte)1 : (byte)0;
    }

    /// <summary>Hashes what was added and gives the memory back; the builder must not be used afterwards.</summary>
    /// <param name="secret">The key of an HMAC-SHA-256; empty means plain SHA-256.</param>
    public Digest Complete(ReadOnlySpan<byte> secret)
    {
        Span<byte> hash = stackalloc byte[Digest.SizeInBytes];
        try
        {
            if (secret.IsEmpty)
            {
                HashData(_buffer[.._length], hash);
            }
            else
            {
                HashKeyedData(secret, _buffer[.._length], hash);
            }
        }
        finally
        {
            Release();
        }

        return new Digest(hash);
    }

    /// <summary>Gives the memory back without hashing; harmless after <see cref="Complete"/>.</summary>
    public void Release()
    {
        var rented = _rented;
        this = default;
        if (rented is not null)
        {
            // It held user text.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private static void HashData(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        // Taken out meanwhile, so that one that failed half-way is never used again.
        var sha = _spareHash ?? IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _spareHash = null;
        sha.AppendData(source);
        sha.GetHashAndReset(destination);
        _spareHash = sha;
    }

    private static void HashKeyedData(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var spare = _spareKeyedHash;
        _spareKeyedHash = null;
        if (spare is null || !secret.SequenceEqual(spare.Value.Secret))
        {
            spare?.Hash.Dispose();
            spare = (secret.ToArray(), IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret));
        }

        spare.Value.Hash.AppendData(source);
        spare.Value.Hash.GetHashAndReset(destination);
        _spareKeyedHash = spare;
    }

    private Span<byte> StartPart(byte tag, int length)
    {
        var part = Reserve(1 + sizeof(int) + length);
        part[0] = tag;
        BinaryPrimitives.WriteInt32LittleEndian(part[1..], length);
        return part[(1 + sizeof(int))..];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int size)
    {
        if (size > _buffer.Length - _length)
        {
            Grow(size);
        }

        var reserved = _buffer.Slice(_length, size);
        _length += size;
        return reserved;
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + size), Math.Max(_buffer.Length * 2, 512)));
        _buffer[.._length].CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        }

        _rented = larger;
        _buffer = larger;
    }
}

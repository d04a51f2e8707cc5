using System.Runtime.CompilerServices;

namespace RagCaching.Guards.Lexical.Text;

/// <summary>A number for each of the two questions.</summary>
[InlineArray(2)]
internal struct Sides
{
    private int _first;
}

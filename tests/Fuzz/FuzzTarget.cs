using System.Runtime.InteropServices;

namespace Fuzz;

/// <summary>Something that takes input from outside. Holds nothing from one case to the next: an input alone shows a fault again.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name on the command line and in names of files.</summary>
    public abstract string Name { get; }

    /// <summary>Cases that <c>make fuzz</c> runs at least, however long they take; 0 = as many as its time allows.</summary>
    public virtual int LeastCases => 0;

    /// <summary>Bytes that one case may allocate.</summary>
    public virtual long MostBytes => long.MaxValue;

    /// <summary>Makes an input; the same random numbers make the same one.</summary>
    public abstract byte[] Make(Random random);

    /// <summary>Gives an input to the code under test. Whatever it throws is a finding.</summary>
    public abstract void Run(ReadOnlySpan<byte> input);

    /// <summary>A text as an input: UTF-16, because only that holds half a surrogate pair.</summary>
    protected static byte[] Bytes(string text) => MemoryMarshal.AsBytes(text.AsSpan()).ToArray();

    /// <summary>The text of an input; an odd byte at the end is left out.</summary>
    protected static string Text(ReadOnlySpan<byte> input) => new(MemoryMarshal.Cast<byte, char>(input));
}

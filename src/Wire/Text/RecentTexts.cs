using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Wire.Text;

/// <summary>
/// Texts that came before: hosts say the same names and paths in frame after frame, and who remembers an event of each holds one text, not one for each frame. Bounded:
/// a text takes the place of one with the same hash. So command lines stay in the process's memory for longer than what is remembered of them. Thread-safe.
/// </summary>
public static class RecentTexts
{
    /// <summary>Longer texts are rarely the same twice.</summary>
    private const int Longest = 128;

    /// <summary>Arguments of a process, at most, and their characters: more are rarely the same twice.</summary>
    private const int MostTexts = 16;
    private const int MostCharacters = 256;

    // Powers of two: with texts of that length a megabyte and a little; with lists that hold as many characters, and keep them after their texts have lost their places, a megabyte.
    private const int Places = 4_096;
    private const int ListPlaces = 1_024;

    private static readonly string?[] Texts = new string?[Places];
    private static readonly string[]?[] Lists = new string[]?[ListPlaces];

    /// <summary>What <see cref="KernelString.FromBytes"/> makes of the bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest || !Ascii.IsValid(bytes))
        {
            return KernelString.FromBytes(bytes);
        }

        ref var place = ref Texts[PlaceOf(bytes)];
        return Volatile.Read(ref place) is { } known && Ascii.Equals(bytes, known) ? known : Keep(ref place, KernelString.FromBytes(bytes));
    }

    /// <summary>The text as a string.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest)
        {
            return text.ToString();
        }

        ref var place = ref Texts[PlaceOf(MemoryMarshal.AsBytes(text))];
        return Volatile.Read(ref place) is { } known && text.SequenceEqual(known) ? known : Keep(ref place, text.ToString());
    }

    /// <summary>The texts as an array that nobody changes; equal ones are found where they are made of strings from here.</summary>
    public static string[] Of(List<string> texts)
    {
        if (texts.Count is 0 or > MostTexts)
        {
            return [.. texts];
        }

        var hash = default(HashCode);
        var characters = 0;
        foreach (var text in texts)
        {
            characters += text.Length;
            if (characters > MostCharacters)
            {
                return [.. texts];
            }

            hash.Add(RuntimeHelpers.GetHashCode(text));
        }

        ref var place = ref Lists[hash.ToHashCode() & (ListPlaces - 1)];
        return Volatile.Read(ref place) is { } known && CollectionsMarshal.AsSpan(texts).SequenceEqual(known) ? known : Keep(ref place, [.. texts]);
    }

    private static int PlaceOf(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode() & (Places - 1);
    }

    private static T Keep<T>(ref T? place, T made)
        where T : class
    {
        Volatile.Write(ref place, made);
        return made;
    }
}

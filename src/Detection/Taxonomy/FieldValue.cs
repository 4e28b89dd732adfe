using System.Globalization;
using System.Net;

namespace Detection.Taxonomy;

/// <summary>One value of a field, or of a rule. The default is absent.</summary>
/// <remarks>
/// Immutable, but for a text that lies in a view's buffer (<see cref="Of(char[], int)"/>): that one may be read only until the view
/// is turned to another record. Reading a value as a span allocates nothing.
/// </remarks>
public readonly struct FieldValue
{
    /// <summary>Characters that hold any number, boolean or address as text.</summary>
    public const int ScratchLength = 64;

    // A text, the buffer it lies in, an address, the items of a list, or a number that is no 64-bit integer.
    private readonly object? _reference;

    // A number that is one, 1 for true, or how long the text in the buffer is.
    private readonly long _bits;

    private FieldValue(FieldKind kind, object? reference, long bits = 0)
    {
        Kind = kind;
        _reference = reference;
        _bits = bits;
    }

    /// <summary>Null: of a rule, or of a field that is there.</summary>
    public static FieldValue Null => new(FieldKind.Null, null);

    /// <summary>What the value is; says which of the other members may be read.</summary>
    public FieldKind Kind { get; }

    /// <summary>The number of a <see cref="FieldKind.Number"/>.</summary>
    public decimal Number => Kind != FieldKind.Number ? 0 : _reference is decimal number ? number : _bits;

    /// <summary>The truth of a <see cref="FieldKind.Boolean"/>.</summary>
    public bool IsTrue => Kind == FieldKind.Boolean && _bits != 0;

    /// <summary>The address of a <see cref="FieldKind.Address"/>, else null.</summary>
    public IPAddress? Address => _reference as IPAddress;

    /// <summary>The values of a <see cref="FieldKind.List"/>; empty for any other kind. No list is inside another.</summary>
    public ReadOnlySpan<FieldValue> Items => Kind == FieldKind.List ? (FieldValue[])_reference! : [];

    /// <summary>The value as text of its own; null when absent, null or a list.</summary>
    public string? Text => Kind switch
    {
        FieldKind.Text => _reference as string ?? new string((char[])_reference!, 0, (int)_bits),
        FieldKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        FieldKind.Boolean => IsTrue ? "true" : "false",
        FieldKind.Address => _reference!.ToString(),
        _ => null,
    };

    /// <summary>A text.</summary>
    public static FieldValue Of(string text) => new(FieldKind.Text, text);

    /// <summary>A text at the start of a buffer, valid as long as the buffer is not written again.</summary>
    public static FieldValue Of(char[] buffer, int length) => new(FieldKind.Text, buffer, length);

    /// <summary>A text, absent when it is empty: the event model's "unknown".</summary>
    public static FieldValue KnownText(string text) => text.Length == 0 ? default : Of(text);

    /// <summary>An integer.</summary>
    public static FieldValue Of(long number) => new(FieldKind.Number, null, number);

    /// <summary>A number. Of one that is no 64-bit integer a copy is allocated.</summary>
    public static FieldValue Of(decimal number) =>
        number.Scale == 0 && number is >= long.MinValue and <= long.MaxValue && !(number == 0 && decimal.IsNegative(number))
            ? Of((long)number)
            : new FieldValue(FieldKind.Number, number);

    /// <summary>True or false.</summary>
    public static FieldValue Of(bool truth) => new(FieldKind.Boolean, null, truth ? 1 : 0);

    /// <summary>An address.</summary>
    public static FieldValue Of(IPAddress address) => new(FieldKind.Address, address);

    /// <summary>Several values, none of them a list.</summary>
    public static FieldValue Of(FieldValue[] items) => new(FieldKind.List, items);

    /// <summary>The number of a <see cref="FieldKind.Number"/> that is written as a 64-bit integer: one digit more makes it another text.</summary>
    public bool TryGetInteger(out long number)
    {
        number = _bits;
        return Kind == FieldKind.Number && _reference is null;
    }

    /// <summary>The value as text, without allocating.</summary>
    /// <param name="scratch">Room for <see cref="ScratchLength"/> characters, for values that are no text.</param>
    /// <param name="text">The text; lies in the value or in <paramref name="scratch"/>.</param>
    /// <returns>False when absent, null or a list.</returns>
    public bool TryGetText(Span<char> scratch, out ReadOnlySpan<char> text)
    {
        var length = 0;
        var found = true;
        switch (Kind)
        {
            case FieldKind.Text:
                text = _reference is string whole ? whole : ((char[])_reference!).AsSpan(0, (int)_bits);
                return true;
            case FieldKind.Number:
                found = _reference is decimal number
                    ? number.TryFormat(scratch, out length, default, CultureInfo.InvariantCulture)
                    : _bits.TryFormat(scratch, out length, default, CultureInfo.InvariantCulture);
                break;
            case FieldKind.Boolean:
                text = IsTrue ? "true" : "false";
                return true;
            case FieldKind.Address:
                found = ((IPAddress)_reference!).TryFormat(scratch, out length);
                break;
            default:
                found = false;
                break;
        }

        text = scratch[..length];
        return found;
    }
}

using System.Globalization;
using System.Net;

namespace Detection.Taxonomy;

/// <summary>One value of a field, or of a rule. Immutable; the default is absent.</summary>
public readonly struct FieldValue
{
    private readonly object? _reference;
    private readonly decimal _number;

    private FieldValue(FieldKind kind, object? reference, decimal number = 0)
    {
        Kind = kind;
        _reference = reference;
        _number = number;
    }

    /// <summary>A rule's null.</summary>
    public static FieldValue Null => new(FieldKind.Null, null);

    /// <summary>What the value is; says which of the other members may be read.</summary>
    public FieldKind Kind { get; }

    /// <summary>The number of a <see cref="FieldKind.Number"/>.</summary>
    public decimal Number => _number;

    /// <summary>The truth of a <see cref="FieldKind.Boolean"/>.</summary>
    public bool IsTrue => _number != 0;

    /// <summary>The address of a <see cref="FieldKind.Address"/>, else null.</summary>
    public IPAddress? Address => _reference as IPAddress;

    /// <summary>The value as text; null when absent or null.</summary>
    public string? Text => Kind switch
    {
        FieldKind.Text => (string)_reference!,
        FieldKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        FieldKind.Boolean => IsTrue ? "true" : "false",
        FieldKind.Address => _reference!.ToString(),
        _ => null,
    };

    /// <summary>A text.</summary>
    public static FieldValue Of(string text) => new(FieldKind.Text, text);

    /// <summary>A text, absent when it is empty: the event model's "unknown".</summary>
    public static FieldValue KnownText(string text) => text.Length == 0 ? default : Of(text);

    /// <summary>A number.</summary>
    public static FieldValue Of(decimal number) => new(FieldKind.Number, null, number);

    /// <summary>True or false.</summary>
    public static FieldValue Of(bool truth) => new(FieldKind.Boolean, null, truth ? 1 : 0);

    /// <summary>An address.</summary>
    public static FieldValue Of(IPAddress address) => new(FieldKind.Address, address);
}

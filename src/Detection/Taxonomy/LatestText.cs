namespace Detection.Taxonomy;

/// <summary>The text of a value that mostly is that of the time before; made only when it is another. One thread only.</summary>
/// <param name="make">Makes the text.</param>
internal sealed class LatestText<T>(Func<T, string> make)
    where T : struct, IEquatable<T>
{
    private T _value;
    private string? _text;

    /// <summary>The text of <paramref name="value"/>.</summary>
    public string Of(T value)
    {
        if (_text is null || !_value.Equals(value))
        {
            (_value, _text) = (value, make(value));
        }

        return _text;
    }
}

namespace AlertLambda.Alerts;

/// <summary>How one medium shows names that an attacker may have chosen.</summary>
public interface IMarkup
{
    /// <summary>
    /// <paramref name="raw"/> so that it can stand inside a sentence of the medium: it forges no line, no formatting, no mention and
    /// no prose, and is cut visibly when its text would be longer than <paramref name="maxLength"/> characters.
    /// </summary>
    /// <param name="raw">Path, argument, user, host or process name. May hold lone surrogates (<see cref="Wire.Text.KernelString"/>).</param>
    /// <param name="maxLength">Greatest length of the escaped text, from 1, without quotes and the mark of the cut.</param>
    string Name(string raw, int maxLength);
}

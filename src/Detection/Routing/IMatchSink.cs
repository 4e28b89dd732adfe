namespace Detection.Routing;

/// <summary>Takes up which rules match an event.</summary>
internal interface IMatchSink
{
    /// <summary>A rule matches the record that is in view now; it is reported once an event. The view must not be turned.</summary>
    /// <param name="rule">Place of the rule in the list that the index was made of.</param>
    /// <param name="record">Index of the record in view.</param>
    void Matched(int rule, int record);
}

using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The message was taken.</summary>
public class PublishResponse : AmazonWebServiceResponse
{
    /// <summary>Its id.</summary>
    public string? MessageId { get; set; }

    /// <summary>Its number, on FIFO topics.</summary>
    public string? SequenceNumber { get; set; }
}

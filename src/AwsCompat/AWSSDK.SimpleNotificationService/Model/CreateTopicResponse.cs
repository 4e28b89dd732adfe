using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The topic.</summary>
public class CreateTopicResponse : AmazonWebServiceResponse
{
    /// <summary>Its ARN.</summary>
    public string? TopicArn { get; set; }
}

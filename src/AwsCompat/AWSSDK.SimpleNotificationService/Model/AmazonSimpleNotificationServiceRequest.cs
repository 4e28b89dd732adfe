using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The base of every request to SNS.</summary>
public class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest;

